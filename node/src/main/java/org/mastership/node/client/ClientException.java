package org.mastership.node.client;

/** Why a call has no result. The kind says what is known of the operation. */
public abstract class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClientException(String message) {
    super(message);
  }
}
