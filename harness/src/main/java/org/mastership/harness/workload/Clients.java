package org.mastership.harness.workload;

/** Those who use a group during a run. */
public interface Clients extends AutoCloseable {
  /** They begin to ask. */
  void start();

  /** How many operations had a result so far. */
  long answered();

  /**
   * Lets all end what they have begun, then has a last look at everything.
   *
   * @throws IllegalStateException if one of them failed with anything but a missing answer
   */
  void finish() throws InterruptedException;

  /** Ends their connections. */
  @Override
  void close();
}
