package org.mastership.node.cli;

/** What an exit status says. */
public final class ExitCodes {
  /** Done. */
  public static final int OK = 0;

  /**
   * The answer is no: a key that is not there, a value that was not as expected, an operation that
   * the service refuses, a bad verdict.
   */
  public static final int NEGATIVE = 1;

  /** The command line can not be understood. */
  public static final int USAGE = 64;

  /** No master answered in time. */
  public static final int UNAVAILABLE = 69;

  /** Something failed that should not. */
  public static final int FAILED = 70;

  /** The server could not start, or has stopped taking part. */
  public static final int CANNOT_SERVE = 71;

  /** The configuration can not be used. */
  public static final int CONFIGURATION = 78;

  private ExitCodes() {}
}
