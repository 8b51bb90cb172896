package org.mastership.node.client;

/** The client was closed. Whether an operation that was under way then was executed is unknown. */
public final class ClientClosedException extends ClientException {
  private static final long serialVersionUID = 1;

  ClientClosedException(String message) {
    super(message);
  }
}
