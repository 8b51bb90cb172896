package org.mastership.harness.workload;

import java.util.Locale;

/** What clients use of the group's key-value service. */
public enum Kind {
  /** Many registers, which are read, written and compared and set. */
  REGISTERS(3, "register-"),
  /** Counters, which are incremented and read. */
  COUNTER(1, "counter-"),
  /** Lists, to which is appended, and which are read. */
  LIST_APPEND(1, "list-");

  private final int share;
  private final String keyPrefix;

  Kind(int share, String keyPrefix) {
    this.share = share;
    this.keyPrefix = keyPrefix;
  }

  /** What its keys begin with. */
  public String keyPrefix() {
    return keyPrefix;
  }

  /** How much of a mixture it is, beside the others. */
  int share() {
    return share;
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
