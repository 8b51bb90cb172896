package org.mastership.harness.checker;

/** Watches the bounds of one check. */
final class Limit {
  private static final int CHECKS_A_CLOCK = 64;

  private final Bounds bounds;
  private final long startNanos = System.nanoTime();
  private long checks;

  /** A bound is reached. */
  static final class ReachedException extends Exception {
    private static final long serialVersionUID = 1;

    ReachedException(String message) {
      super(message, null, false, false);
    }
  }

  Limit(Bounds bounds) {
    this.bounds = bounds;
  }

  int configurations() {
    return bounds.configurations();
  }

  /** How many configurations were looked at. */
  long checks() {
    return checks;
  }

  /** Counts a configuration that is looked at. */
  void check(long line) throws ReachedException {
    if (++checks % CHECKS_A_CLOCK == 0
        && System.nanoTime() - startNanos > bounds.time().toNanos()) {
      throw new ReachedException(
          "not decided within " + bounds.time().toMillis() + " ms, at line " + line);
    }
  }
}
