package org.mastership.node.transport;

import org.jspecify.annotations.Nullable;

/** The transport can not start; the message says what, where, and what to do. */
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1;

  TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
