package org.mastership.node.server;

/** A server can not start; the message says why, where, and what to do. */
public final class ServerStartException extends Exception {
  private static final long serialVersionUID = 1;

  ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
