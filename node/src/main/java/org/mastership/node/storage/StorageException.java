package org.mastership.node.storage;

import org.jspecify.annotations.Nullable;

/** Storage can not be used or not go on; the message says what, where, and what to do. */
public final class StorageException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a message for the operator. */
  public StorageException(String message) {
    super(message);
  }

  /** With a message for the operator and what caused it. */
  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
