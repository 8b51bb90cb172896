package org.mastership.node.client;

/**
 * No server that is master was found before the deadline. The operation was never sent, so it was
 * not executed. The message lists the servers that were tried and what is wrong with each.
 */
public final class NoMasterException extends ClientException {
  private static final long serialVersionUID = 1;

  NoMasterException(String message) {
    super(message);
  }
}
