package org.mastership.node.client;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.transport.Dialer;
import org.mastership.node.wire.NotMaster;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.ServerMessage;

/**
 * The calls under way: numbers requests, sends each call to the master, and again to the next one
 * under the same number until it is answered or its deadline has passed. For the event loop only.
 */
final class Calls implements Servers.Listener {
  /** How exact deadlines and retries are. One scan for all calls, no timer for each. */
  private static final int TICK_MILLIS = 10;

  /** A master that owes an answer and says nothing for so long: others may know a new one. */
  private static final long SUSPICIOUS_NANOS = 200_000_000;

  /** A master that owes an answer and says nothing for so long: its connection may be dead. */
  private static final long DEAD_NANOS = 1_000_000_000;

  private static final long BUSY_NANOS = 10_000_000;

  private final EventLoop loop;
  private final int window;
  private final Counters counters;
  private final Servers servers;
  private final SecureRandom random = new SecureRandom();

  /** In the order of their ids, which for requests is that of their numbers. */
  private final Map<Long, Call> calls = new LinkedHashMap<>();

  private final Queue<Call> unnumbered = new ArrayDeque<>();
  private ClientSession session;
  private boolean opening;
  private boolean ticking;
  private long lastId;

  Calls(
      ClientConfiguration configuration,
      EventLoop loop,
      Function<Address, Dialer> dialers,
      Counters counters) {
    this.loop = loop;
    this.window = configuration.window();
    this.counters = counters;
    this.servers = new Servers(configuration.servers(), loop, dialers, this);
    this.session = new ClientSession(window);
  }

  /** Takes a call; {@link #readComplete} sends what was taken. */
  void accept(Call call) {
    call.id = ++lastId;
    calls.put(call.id, call);
    if (call.kind == Call.Kind.REQUEST) {
      unnumbered.add(call);
    } else {
      send(call);
    }
    if (servers.master() == null) {
      servers.search();
    }
    if (!ticking) {
      tickLater();
    }
  }

  Servers servers() {
    return servers;
  }

  /** Ends all calls, and lets the connections go. */
  void close() {
    List<Call> all = new ArrayList<>(calls.values());
    calls.clear();
    unnumbered.clear();
    servers.closeAll();
    for (Call call : all) {
      counters.failed(
          call,
          new ClientClosedException(
              "the client was closed before there was an answer; whether the operation was"
                  + " executed is unknown"));
    }
  }

  @Override
  public void masterChanged(@Nullable Link master) {
    for (Call call : calls.values()) {
      if (call.sentOn != master) {
        call.sentOn = null;
      }
    }
    sendUnsent();
    readComplete();
  }

  @Override
  public void received(Link link, ServerMessage message) {
    Call call = calls.get(message.getId());
    if (call == null) {
      return;
    }
    switch (message.getBodyCase()) {
      case SESSION_OPENED -> {
        opening = false;
        calls.remove(call.id);
        session.opened(message.getSessionOpened().getSession());
        servers.settle(link);
      }
      case RESULT -> {
        servers.settle(link);
        finish(call);
        counters.answered(call, message.getResult().getResult());
      }
      case NOT_MASTER -> notMaster(link, call, message.getNotMaster());
      case REJECTED -> rejected(call, message.getRejected());
      default -> {}
    }
  }

  private void notMaster(Link link, Call call, NotMaster answer) {
    counters.redirected();
    if (call.sentOn == link) {
      servers.denied(link, answer);
    }
  }

  private void rejected(Call call, Rejected rejected) {
    boolean busy = rejected.getReason() == Rejected.Reason.BUSY;
    if (busy || call.kind == Call.Kind.OPEN_SESSION) {
      call.sentOn = null;
      call.notBeforeNanos = System.nanoTime() + BUSY_NANOS;
    } else if (rejected.getReason() == Rejected.Reason.SESSION_EXPIRED && call.session != null) {
      expire(call.session, rejected.getText());
    } else {
      finish(call);
      counters.failed(call, RequestRejectedException.of(rejected));
    }
  }

  /** The session is gone, and with it all that would tell what became of its requests. */
  private void expire(ClientSession expired, String text) {
    List<Call> lost = calls.values().stream().filter(call -> call.session == expired).toList();
    if (session == expired) {
      session = new ClientSession(window);
    }
    for (Call call : lost) {
      finish(call);
      counters.failed(
          call,
          new SessionExpiredException(
              "the session has expired, so whether the operation was executed is unknown: "
                  + text));
    }
  }

  @Override
  public void readComplete() {
    numberAndSend();
    Link master = servers.master();
    if (master != null) {
      master.flush();
    }
  }

  private void numberAndSend() {
    if (servers.master() == null || unnumbered.isEmpty()) {
      return;
    }
    if (!session.isOpen()) {
      openSession();
      return;
    }
    while (!unnumbered.isEmpty() && session.hasRoom()) {
      Call call = unnumbered.remove();
      if (calls.containsKey(call.id)) {
        call.numberIn(session);
        send(call);
      }
    }
  }

  private void openSession() {
    if (!opening) {
      opening = true;
      accept(new Call(Call.Kind.OPEN_SESSION, ByteString.EMPTY, System.nanoTime(), 0));
    }
  }

  private void send(Call call) {
    Link master = servers.master();
    if (master == null || call.needsNumber()) {
      return;
    }
    master.send(call.message(random::nextLong));
    call.sentOn = master;
    call.sentNanos = System.nanoTime();
    if (++call.attempts > 1) {
      counters.retried();
    }
  }

  private void sendUnsent() {
    long now = System.nanoTime();
    for (Call call : calls.values()) {
      if (call.sentOn == null && call.notBeforeNanos - now <= 0) {
        send(call);
      }
    }
  }

  private void tickLater() {
    ticking = true;
    loop.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    ticking = false;
    failOverdue(System.nanoTime());
    if (calls.isEmpty()) {
      return;
    }
    suspect(System.nanoTime());
    sendUnsent();
    readComplete();
    tickLater();
  }

  private void failOverdue(long now) {
    List<Call> overdue = null;
    for (Call call : calls.values()) {
      if (call.kind != Call.Kind.OPEN_SESSION && call.deadlineNanos - now <= 0) {
        overdue = overdue == null ? new ArrayList<>() : overdue;
        overdue.add(call);
      }
    }
    if (overdue != null) {
      for (Call call : overdue) {
        finish(call);
        counters.failed(call, overdue(call));
      }
    }
  }

  private ClientException overdue(Call call) {
    long millis = TimeUnit.NANOSECONDS.toMillis(call.deadlineNanos - call.startNanos);
    String tried = "; tried: " + servers.describe();
    if (call.attempts == 0) {
      return new NoMasterException(
          "no master took the operation within "
              + millis
              + " ms; it was not sent, so not executed"
              + tried);
    }
    return new DeadlineExceededException(
        "no answer within "
            + millis
            + " ms, in "
            + call.attempts
            + " attempts; whether the operation was executed is unknown"
            + tried);
  }

  /** Looks at how long the master has been silent while it owes an answer. */
  private void suspect(long now) {
    Link master = servers.master();
    if (master == null) {
      return;
    }
    for (Call call : calls.values()) {
      if (call.sentOn == master) {
        long silent = Math.min(now - call.sentNanos, now - master.heardNanos());
        if (silent > DEAD_NANOS) {
          master.drop("it was silent for " + TimeUnit.NANOSECONDS.toMillis(silent) + " ms");
        } else if (silent > SUSPICIOUS_NANOS) {
          servers.search();
        }
        return;
      }
    }
  }

  private void finish(Call call) {
    calls.remove(call.id);
    if (call.session != null) {
      call.session.finish(call.number);
    }
  }
}
