package org.mastership.core;

/**
 * What a server has promised: to grant no other server than the holder before a time (R7). It is
 * not stored; a server that starts makes one to nobody for the length of a lease.
 *
 * @param holder the number of the server that may be granted at once, 0 for nobody
 * @param untilNanos the local time at which the promise ends
 */
public record Promise(int holder, long untilNanos) {
  /** Whether the promise keeps this server from granting {@code candidate}. */
  boolean forbids(int candidate, long now) {
    return now < untilNanos && holder != candidate;
  }
}
