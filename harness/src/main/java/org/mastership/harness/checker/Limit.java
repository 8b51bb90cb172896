package org.mastership.harness.checker;

/** Watches the bounds of one check. */
final class Limit {
  private static final int CHECKS_A_CLOCK = 256;

  private final Bounds bounds;
  private final long startNanos = System.nanoTime();
  private int checks;

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

  void check(int configurations) throws ReachedException {
    if (configurations > bounds.configurations()) {
      throw new ReachedException(
          "more than " + bounds.configurations() + " configurations are possible");
    }
    if (++checks % CHECKS_A_CLOCK == 0
        && System.nanoTime() - startNanos > bounds.time().toNanos()) {
      throw new ReachedException("not decided within " + bounds.time().toMillis() + " ms");
    }
  }
}
