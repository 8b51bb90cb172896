package org.mastership.harness.checker;

/**
 * What a server said when it was asked once whether it is master.
 *
 * @param server which server; any text that names it
 * @param before a reading of the clock before it was asked, ns; all servers read the same clock
 * @param after a reading of the clock after it answered
 * @param token the fencing token of the epoch in which it is master, 0 for "not master"
 */
public record Observation(String server, long before, long after, long token) {
  public Observation {
    if (before > after || token < 0) {
      throw new IllegalArgumentException(
          "not an observation: " + before + " " + after + " " + token);
    }
  }

  @Override
  public String toString() {
    return server + " was master with token " + token + " between " + before + " and " + after;
  }
}
