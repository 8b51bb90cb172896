package org.mastership.node.server;

import org.jspecify.annotations.Nullable;
import org.mastership.core.State;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.wire.MastershipNotice;
import org.mastership.node.wire.NotMaster;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.Resigned;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.SnapshotTaken;

/** Words the answers to clients. */
final class Replies {
  private final ServerConfiguration configuration;

  Replies(ServerConfiguration configuration) {
    this.configuration = configuration;
  }

  private String address(int number) {
    if (number == 0) {
      return "";
    }
    return configuration.member(number).address().toString();
  }

  /**
   * @param successor to whom this server has handed its own mastership over, 0 for nobody
   */
  ServerMessage notice(State state, int successor) {
    int master = state.mastership().master();
    int next = isOver(state) ? successor : 0;
    return ServerMessage.newBuilder()
        .setMastershipNotice(
            MastershipNotice.newBuilder()
                .setServer(configuration.self().number())
                .setEpochToken(state.mastership().epoch().token())
                .setMaster(master)
                .setAddress(address(master))
                .setSuccessor(next)
                .setSuccessorAddress(address(next)))
        .build();
  }

  /** Whether the last mastership that this server knows is its own, and it is master no more. */
  private boolean isOver(State state) {
    return state.tenure() == null && state.mastership().master() == configuration.self().number();
  }

  /**
   * @param successor to whom this server has handed its own mastership over, 0 for nobody
   */
  ServerMessage.Builder notMaster(State state, int successor) {
    int master = state.mastership().master();
    int other = master == configuration.self().number() ? successor : master;
    return ServerMessage.newBuilder()
        .setNotMaster(NotMaster.newBuilder().setMaster(other).setAddress(address(other)));
  }

  ServerMessage.Builder status(String json) {
    return ServerMessage.newBuilder()
        .setStatus(org.mastership.node.wire.Status.newBuilder().setJson(json));
  }

  ServerMessage.Builder snapshotTaken(@Nullable Snapshot snapshot) {
    SnapshotTaken.Builder taken = SnapshotTaken.newBuilder();
    if (snapshot != null) {
      taken.setSequence(snapshot.sequence()).setBytes(snapshot.bytes());
    }
    return ServerMessage.newBuilder().setSnapshotTaken(taken);
  }

  ServerMessage.Builder failed(String text) {
    return rejected(Rejected.Reason.FAILED, text);
  }

  ServerMessage.Builder tooLarge(int bytes, int most) {
    return rejected(
        Rejected.Reason.TOO_LARGE,
        "the operation has " + bytes + " bytes, this group takes at most " + most);
  }

  ServerMessage.Builder busy(int most) {
    return rejected(
        Rejected.Reason.BUSY, "this server has " + most + " requests waiting, the most it takes");
  }

  ServerMessage.Builder badRequest(String text) {
    return rejected(Rejected.Reason.BAD_REQUEST, text);
  }

  ServerMessage.Builder resigned(String to) {
    return ServerMessage.newBuilder().setResigned(Resigned.newBuilder().setTo(to));
  }

  ServerMessage.Builder notHandedOver(String text) {
    return rejected(Rejected.Reason.NOT_HANDED_OVER, text);
  }

  private static ServerMessage.Builder rejected(Rejected.Reason reason, String text) {
    return ServerMessage.newBuilder()
        .setRejected(Rejected.newBuilder().setReason(reason).setText(text));
  }
}
