package org.mastership.node.storage;

/** A file is not a whole snapshot: cut short, or changed. The message says which file and where. */
public final class SnapshotDamagedException extends Exception {
  private static final long serialVersionUID = 1;

  SnapshotDamagedException(String message) {
    super(message);
  }
}
