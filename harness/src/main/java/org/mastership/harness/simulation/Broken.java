package org.mastership.harness.simulation;

/** A promise or an invariant was broken; the message says which, where and when. */
public final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  Broken(String message) {
    super(message);
  }

  Broken(String message, Throwable cause) {
    super(message, cause);
  }
}
