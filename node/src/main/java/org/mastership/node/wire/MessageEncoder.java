package org.mastership.node.wire;

import com.google.protobuf.ByteString;
import java.util.List;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.core.Stamp;

/** Core's messages as frames. */
final class MessageEncoder implements Message.Visitor<PeerMessage> {
  private final List<ByteString> payloads;

  MessageEncoder(List<ByteString> payloads) {
    this.payloads = payloads;
  }

  private static PeerMessage.Builder frame() {
    return PeerMessage.newBuilder();
  }

  static WirePosition position(Position position) {
    return WirePosition.newBuilder()
        .setEpoch(position.epoch().token())
        .setSequence(position.sequence())
        .build();
  }

  private static WireStamp stamp(Stamp stamp) {
    return WireStamp.newBuilder()
        .setIncarnation(stamp.incarnation())
        .setNanos(stamp.nanos())
        .build();
  }

  private WireEntries.Builder entries(Position before, List<Run> runs) {
    WireEntries.Builder entries = WireEntries.newBuilder().setBefore(position(before));
    for (Run run : runs) {
      entries.addRuns(
          WireRun.newBuilder()
              .setEpoch(run.epoch().token())
              .setFirst(run.first())
              .setLast(run.last()));
    }
    return entries.addAllPayloads(payloads);
  }

  @Override
  public PeerMessage inquiry(Message.Inquiry message) {
    return frame()
        .setInquiry(
            WireInquiry.newBuilder()
                .setEpoch(message.epoch().token())
                .setEcho(stamp(message.echo()))
                .setSentNanos(message.sentNanos())
                .setAccepted(message.accepted())
                .setLast(position(message.last()))
                .setExecuted(message.executed())
                .setDigest(message.digest())
                .setElectionDelayNanos(message.electionDelayNanos())
                .addAllRoundTrips(message.roundTrips()))
        .build();
  }

  @Override
  public PeerMessage reply(Message.Reply message) {
    return frame()
        .setReply(
            WireReply.newBuilder()
                .setEpoch(message.epoch().token())
                .setStamp(stamp(message.stamp()))
                .setSentNanos(message.sentNanos())
                .setLeaseValid(message.leaseValid())
                .setInquireInNanos(message.inquireInNanos())
                .setCommitted(message.committed())
                .setElectionDelayNanos(message.electionDelayNanos())
                .addAllRanking(message.ranking().indexes()))
        .build();
  }

  @Override
  public PeerMessage ask(Message.Ask message) {
    return frame().setAsk(WireAsk.getDefaultInstance()).build();
  }

  @Override
  public PeerMessage declare(Message.Declare message) {
    return frame()
        .setDeclare(
            WireDeclare.newBuilder()
                .setEpoch(message.epoch().token())
                .setStamp(stamp(message.stamp()))
                .addAllRanking(message.ranking().indexes()))
        .build();
  }

  @Override
  public PeerMessage revoke(Message.Revoke message) {
    return frame()
        .setRevoke(
            WireRevoke.newBuilder()
                .setEpoch(message.epoch().token())
                .setStamp(stamp(message.stamp()))
                .setRevokedIndex(message.revokedIndex())
                .setIndex(message.index())
                .addAllRanking(message.ranking().indexes()))
        .build();
  }

  @Override
  public PeerMessage vouch(Message.Vouch message) {
    return frame()
        .setVouch(
            WireVouch.newBuilder()
                .setEpoch(message.mastership().epoch().token())
                .addAllRanking(message.mastership().ranking().indexes()))
        .build();
  }

  @Override
  public PeerMessage claim(Message.Claim message) {
    return frame()
        .setClaim(
            WireClaim.newBuilder()
                .setEpoch(message.epoch().token())
                .setStamp(stamp(message.stamp())))
        .build();
  }

  @Override
  public PeerMessage grant(Message.Grant message) {
    return frame()
        .setGrant(
            WireGrant.newBuilder()
                .setEpoch(message.epoch().token())
                .setStamp(stamp(message.stamp()))
                .setLast(position(message.last())))
        .build();
  }

  @Override
  public PeerMessage refuse(Message.Refuse message) {
    return frame().setRefuse(WireRefuse.newBuilder().setHighest(message.highest().token())).build();
  }

  @Override
  public PeerMessage entries(Message.Entries message) {
    return frame()
        .setEntries(
            entries(message.before(), message.runs())
                .setEpoch(message.epoch().token())
                .setCommitted(message.committed()))
        .build();
  }

  @Override
  public PeerMessage accepted(Message.Accepted message) {
    return frame()
        .setAccepted(
            WireAccepted.newBuilder()
                .setEpoch(message.epoch().token())
                .setSequence(message.sequence()))
        .build();
  }

  @Override
  public PeerMessage rejected(Message.Rejected message) {
    return frame()
        .setRejected(
            WireRejected.newBuilder()
                .setEpoch(message.epoch().token())
                .setFloor(position(message.floor())))
        .build();
  }

  @Override
  public PeerMessage fence(Message.Fence message) {
    return frame()
        .setFence(
            WireAccepted.newBuilder()
                .setEpoch(message.epoch().token())
                .setSequence(message.sequence()))
        .build();
  }

  @Override
  public PeerMessage fetch(Message.Fetch message) {
    return frame()
        .setFetch(
            WireFetch.newBuilder()
                .setEpoch(message.epoch().token())
                .setAfter(position(message.after())))
        .build();
  }

  @Override
  public PeerMessage fetched(Message.Fetched message) {
    return frame()
        .setFetched(entries(message.before(), message.runs()).setEpoch(message.epoch().token()))
        .build();
  }

  @Override
  public PeerMessage resign(Message.Resign message) {
    return frame()
        .setResign(
            WireResign.newBuilder().setEpoch(message.epoch().token()).setTarget(message.target()))
        .build();
  }

  @Override
  public PeerMessage unfetched(Message.Unfetched message) {
    return frame()
        .setUnfetched(
            WireRejected.newBuilder()
                .setEpoch(message.epoch().token())
                .setFloor(position(message.floor())))
        .build();
  }

  @Override
  public PeerMessage ping(Message.Ping message) {
    return frame().setPing(WirePing.newBuilder().setSentNanos(message.sentNanos())).build();
  }

  @Override
  public PeerMessage pong(Message.Pong message) {
    return frame().setPong(WirePing.newBuilder().setSentNanos(message.sentNanos())).build();
  }

  @Override
  public PeerMessage rating(Message.Rating message) {
    return frame().setRating(WireRating.newBuilder().setRating(message.rating())).build();
  }
}
