package org.mastership.harness.workload;

/** A client could not go on: what it asks, or how it understands answers, is wrong. */
public final class ClientFailure extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * Why it could not.
   *
   * @param cause what was thrown
   */
  public ClientFailure(Throwable cause) {
    super("a client failed: " + cause, cause);
  }
}
