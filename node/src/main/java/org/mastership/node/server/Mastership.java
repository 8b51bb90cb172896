package org.mastership.node.server;

import java.time.Duration;
import java.util.Optional;

/**
 * Who is master of the group, as this server knows it. Safe for use by any thread; nothing here
 * blocks.
 *
 * <p>Not its responsibility: what a thread does after it has asked. A thread that was told "master"
 * may be paused for long before it acts. An outside resource is protected by handing it the {@link
 * #fencingToken()}, and by having it refuse a token lower than one it has seen.
 */
public interface Mastership {

  /**
   * Whether this server is master at this instant. Under {@code QUORUM} at most one server's answer
   * is true at any instant, whatever the network, the processes and the clocks (within the allowed
   * drift of their rates) do.
   */
  default boolean isMaster() {
    return fencingToken() != 0;
  }

  /**
   * The epoch in which this server is master at this instant, as a number that grows from one
   * mastership of the group to the next; 0 where it is not master.
   */
  long fencingToken();

  /**
   * For how long this server is master at least, if nothing renews its lease; zero where it is not
   * master; {@link Duration#ofNanos(long) Long.MAX_VALUE} nanoseconds under {@code TIMED}, which
   * has no lease.
   */
  Duration leaseLeft();

  /** The name of the master that this server knows, itself included; empty while it knows none. */
  Optional<String> master();

  /**
   * Has a listener told of each change from now on.
   *
   * <p>It is first told the current state. Then events come in the order in which they happened,
   * none left out; every {@link MastershipEvent.Kind#GAINED} is followed by a {@link
   * MastershipEvent.Kind#LOST} of the same epoch, also when the server stops or fails; {@link
   * MastershipEvent.Kind#UNSURE} and {@link MastershipEvent.Kind#SURE} come between the two. All
   * listeners are called by one thread of their own: never on the event loop, never two at a time.
   * A slow listener delays the others, not the server; what it throws is logged.
   *
   * @return close it to end the calls; a call under way is finished
   */
  Subscription subscribe(MastershipListener listener);

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
