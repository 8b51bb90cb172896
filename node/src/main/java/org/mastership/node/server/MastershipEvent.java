package org.mastership.node.server;

/**
 * A change of the mastership as one server sees it.
 *
 * @param kind what kind of change
 * @param epoch the fencing token of the mastership that it is about; 0 where no master is known
 * @param master the name of that mastership's master; empty where none is known
 * @param reason why, in words for a log
 */
public record MastershipEvent(Kind kind, long epoch, String master, String reason) {

  /** The kinds of change. */
  public enum Kind {
    /** This server has become master. */
    GAINED,
    /** This server's lease has lapsed: it is not master unless it is renewed. */
    UNSURE,
    /** This server's lease is valid again. */
    SURE,
    /** This server is no longer master. */
    LOST,
    /** This server follows another master. */
    FOLLOWING,
    /** The master that this server followed does not answer; or none is known yet. */
    SUSPECTED
  }
}
