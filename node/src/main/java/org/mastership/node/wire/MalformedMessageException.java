package org.mastership.node.wire;

/** What came over the network is not a message of the protocol; says what is wrong with it. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
