package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mastership.core.Input;
import org.mastership.core.Run;
import org.mastership.node.service.Outcome;
import org.mastership.node.service.ReplicatedService;
import org.mastership.node.service.ReplicatedState;

/**
 * One simulated server's service, and the users that wait for it: what a real server does for
 * clients, in virtual time.
 */
final class ServiceDesk {
  private final SimulatedServer server;
  private final Supplier<ReplicatedService> services;
  private final EvaluatedReads reads;
  private final ResultCheck results;
  private final Payloads payloads;
  private final Wire wire;
  private final Set<Attempt> sent = new LinkedHashSet<>();
  private final Set<Attempt> held = new LinkedHashSet<>();
  private final Queue<Attempt> admitting = new ArrayDeque<>();
  private final TreeMap<Long, Attempt> waiting = new TreeMap<>();
  private final Map<Long, Outcome> outcomes = new HashMap<>();
  private ReplicatedState service;

  /** The bytes of all requests of a run, by the number that stands for them in the simulation. */
  static final class Payloads {
    private final List<ByteString> payloads = new ArrayList<>(List.of(ByteString.EMPTY));

    long add(ByteString payload) {
      long request = payloads.size();
      payloads.add(payload);
      return request;
    }

    ByteString get(long request) {
      return payloads.get((int) request);
    }
  }

  /** What is between users and servers: something happens at the other end, later. */
  @FunctionalInterface
  interface Wire {
    void later(Runnable action);
  }

  ServiceDesk(
      SimulatedServer server,
      Supplier<ReplicatedService> services,
      EvaluatedReads reads,
      ResultCheck results,
      Payloads payloads,
      Wire wire) {
    this.server = server;
    this.services = services;
    this.reads = reads;
    this.results = results;
    this.payloads = payloads;
    this.wire = wire;
    this.service = new ReplicatedState(services.get());
  }

  /** A user sends something over its connection. */
  void send(Attempt attempt) {
    sent.add(attempt);
    wire.later(
        () -> {
          if (server.isUp()) {
            server.whenAwake(() -> arrive(attempt));
          } else if (sent.contains(attempt)) {
            refuse(attempt, true);
          }
        });
  }

  private void arrive(Attempt attempt) {
    if (!sent.contains(attempt)) {
      return; // its connection broke on the way
    }
    if (attempt.reads() && server.state().servesReads()) {
      held.add(attempt);
      Outcome outcome = service.query(attempt.payload());
      reads.evaluated(server, attempt.required(), () -> reply(attempt, outcome));
    } else if (!attempt.reads() && server.state().admitsRequests()) {
      held.add(attempt);
      admitting.add(attempt);
      server.input(new Input.Admit(1));
    } else {
      refuse(attempt, true);
    }
  }

  private void refuse(Attempt attempt, boolean hadNoEffect) {
    sent.remove(attempt);
    int master = server.isUp() ? server.state().mastership().master() : 0;
    wire.later(() -> attempt.refused(master == server.number() ? 0 : master, hadNoEffect));
  }

  private void reply(Attempt attempt, Outcome outcome) {
    if (held.remove(attempt)) {
      sent.remove(attempt);
      wire.later(() -> attempt.answered(outcome));
    }
  }

  List<Long> admitted(Run run) {
    List<Long> requests = new ArrayList<>();
    for (long sequence = run.first(); sequence <= run.last(); sequence++) {
      Attempt attempt = admitting.remove();
      waiting.put(sequence, attempt);
      requests.add(payloads.add(attempt.payload()));
    }
    return requests;
  }

  void executed(long sequence, long request) {
    Outcome outcome = service.execute(sequence, payloads.get(request));
    results.executed(server, sequence, service.digest());
    if (waiting.containsKey(sequence)) {
      outcomes.put(sequence, outcome);
    }
  }

  void answer(long upTo) {
    while (!waiting.isEmpty() && waiting.firstKey() <= upTo) {
      Map.Entry<Long, Attempt> next = waiting.pollFirstEntry();
      Outcome outcome = outcomes.remove(next.getKey());
      if (outcome == null) {
        throw new Broken("entry " + next.getKey() + " is answered before it was executed");
      }
      reply(next.getValue(), outcome);
    }
  }

  /** The tenure is over: whoever still waits is told so. */
  void lost() {
    List<Attempt> over = List.copyOf(held);
    forget();
    over.forEach(attempt -> refuse(attempt, false));
  }

  /** The server is gone: all connections to it break. */
  void crashed() {
    List<Attempt> over = List.copyOf(sent);
    forget();
    sent.clear();
    over.forEach(attempt -> wire.later(attempt::broken));
  }

  private void forget() {
    held.clear();
    admitting.clear();
    waiting.clear();
    outcomes.clear();
  }

  /** The server starts, with a service that is new. */
  void begins() {
    service = new ReplicatedState(services.get());
  }

  /** The service goes back to where it began. */
  void rewinds() {
    service.rewind();
  }

  ByteString snapshot() {
    return service.snapshot();
  }

  /** The service is brought to the state of a snapshot, which another server may have made. */
  void restore(Snapshot snapshot) {
    ByteString content = snapshot.content().orElseThrow();
    service.restore(content);
    if (!service.snapshot().equals(content)) {
      throw new Broken(
          "server "
              + server.number()
              + " restored a snapshot of entry "
              + snapshot.sequence()
              + ", and the service's own snapshot is another one then");
    }
  }
}
