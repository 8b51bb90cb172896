package org.mastership.node.server;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Role;
import org.mastership.core.State;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Member;
import org.mastership.node.service.Outcome;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.transport.ClientConnection;
import org.mastership.node.transport.ClientListener;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.Entry;
import org.mastership.node.wire.ServerMessage;

/**
 * The clients of one server: takes their requests and reads, and answers each exactly once on the
 * connection it came by. For the event loop only.
 */
final class ClientDesk implements ClientListener {
  /**
   * Who is to be answered.
   *
   * @param bytes of the question
   */
  record Caller(ClientConnection connection, long id, int bytes) {
    void answer(ServerMessage.Builder message) {
      connection.send(message.setId(id).build());
    }

    void answer(Outcome outcome) {
      connection.send(outcome.answer(id));
    }
  }

  private record Arrived(Caller caller, ByteString payload) {}

  private record Waiting(Caller caller, long sequence) {}

  /** The most clients that wait for one snapshot. */
  private static final int MOST_ASKING = 64;

  private final Driver driver;
  private final Replies replies;
  private final ServerConfiguration configuration;
  private final ServerConfiguration.Limits limits;
  private final Set<ClientConnection> connections = new LinkedHashSet<>();
  private final Queue<Arrived> arrived = new ArrayDeque<>();
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final Queue<ServiceThread.Result> executed = new ArrayDeque<>();
  private final Queue<ServiceThread.Read> arrivedReads = new ArrayDeque<>();
  private final Queue<Caller> reading = new ArrayDeque<>();
  private final Queue<ServiceThread.Answer> read = new ArrayDeque<>();
  private int successor;
  private long pendingBytes;

  /** Not read from while too many bytes wait. */
  private final Set<ClientConnection> held = new LinkedHashSet<>();

  ClientDesk(Driver driver, ServerConfiguration configuration) {
    this.driver = driver;
    this.configuration = configuration;
    this.limits = configuration.limits();
    this.replies = new Replies(configuration);
  }

  @Override
  public void opened(ClientConnection connection) {
    connections.add(connection);
    connection.send(replies.notice(driver.state(), successor));
  }

  @Override
  public void closed(ClientConnection connection) {
    connections.remove(connection);
    held.remove(connection);
  }

  @Override
  public void received(ClientConnection connection, ClientMessage message) {
    Caller caller = new Caller(connection, message.getId(), message.getSerializedSize());
    switch (message.getBodyCase()) {
      case OPEN_SESSION ->
          arrive(caller, Entry.newBuilder().setOpenSession(message.getOpenSession()).build());
      case REQUEST -> {
        if (fits(caller, message.getRequest().getOperation())) {
          arrive(caller, Entry.newBuilder().setRequest(message.getRequest()).build());
        }
      }
      case QUERY -> {
        if (fits(caller, message.getQuery().getOperation()) && takes(caller)) {
          arrivedReads.add(new ServiceThread.Read(0, caller, message.getQuery().getOperation()));
        }
      }
      case RESIGN -> resign(caller, message.getResign().getTo());
      case SNAPSHOT -> snapshot(caller);
      case STATUS -> caller.answer(replies.status(driver.statusJson()));
      case BODY_NOT_SET -> caller.answer(replies.badRequest("the message has no body"));
    }
  }

  private void resign(Caller caller, String to) {
    Optional<Member> target = configuration.members().stream().filter(named(to)).findFirst();
    if (driver.state().tenure() == null) {
      caller.answer(replies.notMaster(driver.state(), successor));
    } else if (!to.isEmpty() && target.isEmpty()) {
      caller.answer(replies.badRequest("no server of this group is called '" + to + "'"));
    } else if (target.isPresent() && target.get().equals(configuration.self())) {
      caller.answer(replies.badRequest(to + " is master already"));
    } else {
      driver
          .resign(target.map(Member::number).orElse(0))
          .thenAccept(next -> resigned(caller, next));
    }
  }

  private static Predicate<Member> named(String name) {
    return member -> member.name().equals(name);
  }

  private void resigned(Caller caller, int next) {
    caller.answer(
        next != 0
            ? replies.resigned(configuration.member(next).name())
            : replies.notHandedOver(
                "no hand-over: the other server is not connected, or could not be brought up to"
                    + " date in time; this server is still master"));
  }

  private void snapshot(Caller caller) {
    if (driver.failure() != null) {
      caller.answer(replies.failed("this server has stopped taking part"));
    } else if (driver.snapshots().asking() >= MOST_ASKING) {
      caller.answer(replies.busy(MOST_ASKING));
    } else {
      driver.snapshots().take(new SnapshotAsked(caller));
    }
  }

  /** A client waits for a snapshot. */
  private final class SnapshotAsked implements Snapshots.Asker {
    private final Caller caller;

    SnapshotAsked(Caller caller) {
      this.caller = caller;
    }

    @Override
    public void taken(@Nullable Snapshot snapshot) {
      caller.answer(replies.snapshotTaken(snapshot));
      driver.readComplete();
    }

    @Override
    public void failed(String why) {
      caller.answer(replies.failed(why));
      driver.readComplete();
    }
  }

  private boolean fits(Caller caller, ByteString operation) {
    if (operation.size() <= limits.mostRequestBytes()) {
      return true;
    }
    caller.answer(replies.tooLarge(operation.size(), limits.mostRequestBytes()));
    return false;
  }

  /**
   * Counts a question among those that wait for their answer, if there is room for it. Who brings
   * more bytes than are welcome is not read from until there are fewer: refused, it would bring
   * them again and again.
   */
  private boolean takes(Caller caller) {
    int pending = arrived.size() + waiting.size() + arrivedReads.size() + reading.size();
    if (pending >= limits.mostPendingRequests()) {
      caller.answer(replies.busy(limits.mostPendingRequests()));
      return false;
    }
    pendingBytes += caller.bytes();
    if (pendingBytes > limits.mostPendingBytes()) {
      held.add(caller.connection());
      caller.connection().reading(false);
    }
    return true;
  }

  /** A caller is taken from those that wait. */
  private Caller released(Caller caller) {
    pendingBytes -= caller.bytes();
    if (!held.isEmpty() && pendingBytes <= limits.mostPendingBytes() / 2) {
      held.forEach(connection -> connection.reading(true));
      held.clear();
    }
    return caller;
  }

  private void arrive(Caller caller, Entry entry) {
    if (takes(caller)) {
      arrived.add(new Arrived(caller, entry.toByteString()));
    }
  }

  /**
   * Handles what has arrived: admits it where this server is master, holds it while this server is
   * about to be, and otherwise says who is.
   */
  void turn(State state) {
    if (arrived.isEmpty() && arrivedReads.isEmpty()) {
      return;
    }
    if (driver.failure() != null) {
      rejectArrived(replies.notMaster(state, successor));
    } else if (state.admitsRequests()) {
      if (!arrived.isEmpty()) {
        driver.admit(arrived.size());
      }
      if (driver.state().servesReads()) {
        query(driver.state().mastership().epoch().token());
      }
    } else if (state.role() != Role.MASTER && state.role() != Role.CLAIMING) {
      rejectArrived(replies.notMaster(state, successor));
    }
  }

  private void query(long tenure) {
    if (arrivedReads.isEmpty()) {
      return;
    }
    List<ServiceThread.Read> reads = new ArrayList<>(arrivedReads.size());
    for (ServiceThread.Read each = arrivedReads.poll(); each != null; each = arrivedReads.poll()) {
      reads.add(new ServiceThread.Read(tenure, each.caller(), each.operation()));
      reading.add(each.caller());
    }
    driver.query(reads);
  }

  private void rejectArrived(ServerMessage.Builder answer) {
    for (Arrived each = arrived.poll(); each != null; each = arrived.poll()) {
      released(each.caller()).answer(answer);
    }
    for (ServiceThread.Read each = arrivedReads.poll(); each != null; each = arrivedReads.poll()) {
      released(each.caller()).answer(answer);
    }
  }

  /** The bytes of what was just admitted, in order; its callers now wait for these sequences. */
  List<ByteString> admitted(long first, long last) {
    List<ByteString> payloads = new ArrayList<>((int) (last - first + 1));
    for (long sequence = first; sequence <= last; sequence++) {
      Arrived each = arrived.remove();
      payloads.add(each.payload());
      waiting.add(new Waiting(each.caller(), sequence));
    }
    return payloads;
  }

  /** Keeps the outcome of an entry until it may be told. */
  void executed(ServiceThread.Result result) {
    Waiting first = waiting.peek();
    if (first != null && result.sequence() >= first.sequence()) {
      executed.add(result);
    }
  }

  /** Answers the requests up to a sequence. */
  void answer(long upTo) {
    Waiting next = waiting.peek();
    while (next != null && next.sequence() <= upTo) {
      waiting.remove();
      released(next.caller()).answer(executed.remove().outcome());
      next = waiting.peek();
    }
  }

  /** Keeps the answers to reads of the running tenure until they may be told. */
  int queried(List<ServiceThread.Answer> answers, long tenure) {
    int kept = 0;
    for (ServiceThread.Answer answer : answers) {
      if (answer.read().tenure() == tenure && !reading.isEmpty()) {
        reading.remove();
        read.add(answer);
        kept++;
      }
    }
    return kept;
  }

  /** Answers the next {@code count} reads. */
  void answerReads(long count) {
    for (long i = 0; i < count; i++) {
      ServiceThread.Answer answer = read.remove();
      released(answer.read().caller()).answer(answer.outcome());
    }
  }

  /**
   * The tenure is over: whoever still waits is told to ask the next master.
   *
   * @param next to whom it was handed over, 0 for nobody
   */
  void lost(State state, int next) {
    successor = next;
    ServerMessage.Builder answer = replies.notMaster(state, successor);
    for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
      released(each.caller()).answer(answer);
    }
    for (Caller each = reading.poll(); each != null; each = reading.poll()) {
      released(each).answer(answer);
    }
    for (ServiceThread.Answer each = read.poll(); each != null; each = read.poll()) {
      released(each.read().caller()).answer(answer);
    }
    executed.clear();
  }

  /** Tells all clients who is master. */
  void announce(State state) {
    ServerMessage notice = replies.notice(state, successor);
    for (ClientConnection connection : connections) {
      connection.send(notice);
    }
  }
}
