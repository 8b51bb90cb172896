package org.mastership.node.client;

import org.mastership.node.wire.KeyValueResult.Failure;

/** The key-value service refused the operation and has changed nothing. */
public final class KeyValueException extends ClientException {
  private static final long serialVersionUID = 1;

  private final Failure.Reason reason;

  KeyValueException(Failure.Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong, for programs. */
  public Failure.Reason reason() {
    return reason;
  }
}
