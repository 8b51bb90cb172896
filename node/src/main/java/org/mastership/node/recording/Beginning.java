package org.mastership.node.recording;

/** How a segment of a recording follows the one before it. */
public enum Beginning {
  /** The server started. */
  START,
  /** It begins with the state in which the segment before it ended. */
  CONTINUED,
  /** Inputs between the two were not recorded. */
  AFTER_GAP
}
