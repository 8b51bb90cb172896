package org.mastership.node.config;

/** What the servers' indexes follow from (claims 19 to 21). The same on all servers of a group. */
public enum RankedBy {
  /** What is configured: the place in the list, or an index that is given. */
  CONFIGURED,
  /**
   * Computational power, given or measured when a server starts: the most powerful is preferred.
   */
  POWER,
  /** Bandwidth, given or measured between the servers: the best connected is preferred. */
  BANDWIDTH
}
