package org.mastership.node.client;

/**
 * What a client has done since it was made.
 *
 * @param answered operations that have a result
 * @param failed operations that ended without one
 * @param retried times that an operation was sent again
 * @param redirected times that a server said that it is not the master
 */
public record ClientCounters(long answered, long failed, long retried, long redirected) {}
