package org.mastership.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The protocol of one server: a pure function from a state and an input at a time to the next state
 * and its effects. It holds nothing but the configuration, so one instance serves any number of
 * threads.
 *
 * <p>Times are readings of the server's own monotonic clock in nanoseconds; they never fall from
 * one step to the next.
 */
public final class Protocol {
  private final GroupConfiguration group;
  private final int number;

  /**
   * The protocol of server {@code number} in a group.
   *
   * @throws IllegalArgumentException if the configuration breaks a bound; the message says each
   */
  public Protocol(GroupConfiguration group, int number) {
    List<String> problems = ConfigurationCheck.problems(group);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    if (number < 1 || number > group.size()) {
      throw new IllegalArgumentException(
          "server number " + number + " is not in 1.." + group.size());
    }
    this.group = group;
    this.number = number;
  }

  /** The group's configuration. */
  public GroupConfiguration group() {
    return group;
  }

  /** The number of this server. */
  public int number() {
    return number;
  }

  /**
   * The state of a server that starts (R12): a back-up of nobody that listens first.
   *
   * @param recovered what it found on its stable storage
   * @param nowNanos its clock
   */
  public State start(Recovered recovered, long nowNanos) {
    List<Peer> peers = new ArrayList<>();
    for (int peer = 1; peer <= group.size(); peer++) {
      peers.add(Peer.unknown(false, nowNanos));
    }
    Epoch highest = Epoch.max(recovered.highest(), recovered.log().last().epoch());
    Timing timing = group.timing();
    boolean quorum = group.guarantee() == Guarantee.QUORUM;
    long listen = timing.detectionPeriodNanos() + timing.replyTimeoutNanos();
    long silence = quorum ? timing.leaseNanos() : 0;
    return new State(
        Role.BACKUP,
        Mastership.NONE,
        highest,
        highest,
        new Promise(0, nowNanos + silence),
        nowNanos + Math.max(listen, silence),
        null,
        null,
        null,
        null,
        peers,
        recovered.log(),
        0,
        0,
        0,
        0,
        0,
        Storage.recovered(recovered.log().lastSequence()),
        MeasuredDelays.begin(group, nowNanos),
        Collections.nCopies(group.size(), 0L),
        recovered.incarnation());
  }

  /**
   * What one input does at one time.
   *
   * @param state the state after the step before
   * @param input what happened
   * @param nowNanos the server's clock, not below that of the step before
   * @throws IllegalArgumentException if the caller breaks the contract of an input
   * @throws IllegalStateException if a state would break an invariant of the protocol; the server
   *     must stop
   */
  public Step step(State state, Input input, long nowNanos) {
    Transition server = new Transition(group, number, nowNanos, state);
    Leases.lapse(server);
    input.apply(server);
    HandOver.proceed(server);
    return server.end(state);
  }

  /**
   * D(i): how long this server waits before it declares, should the master that it knows fail
   * (R11).
   *
   * @return the election delay in nanoseconds, as measured or as configured
   */
  public long electionDelayNanos(State state) {
    return Measurement.electionDelayNanos(
        group, number, state.mastership(), state.delays(), state.ratings());
  }

  /** When the server must be given its next {@link Input.Tick}, with the reason. */
  public Deadline deadline(State state) {
    return Timers.next(group, state);
  }
}
