package org.mastership.node.client;

/** One given server did not answer; the message says why. */
public final class ServerUnreachableException extends ClientException {
  private static final long serialVersionUID = 1;

  ServerUnreachableException(String message) {
    super(message);
  }
}
