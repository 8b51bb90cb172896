package org.mastership.node.client;

/**
 * As many operations as the window allows wait for their results. The operation was not sent; wait
 * for one of the others, then try again.
 */
public final class TooManyOutstandingException extends ClientException {
  private static final long serialVersionUID = 1;

  TooManyOutstandingException(String message) {
    super(message);
  }
}
