package org.mastership.harness.workload;

/** What all clients of a group in virtual time ask. For one thread. */
public interface Scripts extends AutoCloseable {
  /**
   * What a client asks all the time.
   *
   * @param process which client, from 1
   */
  Script of(long process);

  /**
   * What one more client asks when all others have nothing more to ask, so that whatever was lost
   * is seen: over when it has nothing next. Called when the others are told to end.
   */
  Script lastLook();

  /** Lets go of clients that wait for an answer which nobody will bring. */
  @Override
  default void close() {}
}
