package org.mastership.node.client;

/**
 * The master did not answer before the deadline. <b>Whether the operation was executed is
 * unknown</b>; the client does not try it again, and it is not executed once a later request of
 * this client was. The message lists the servers and what is known of each.
 */
public final class DeadlineExceededException extends ClientException {
  private static final long serialVersionUID = 1;

  DeadlineExceededException(String message) {
    super(message);
  }
}
