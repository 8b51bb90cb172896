package org.mastership.spec.trace;

import java.util.List;
import tlc2.overrides.TLAPlusOperator;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.Value;

/** The operators of module Trace that Java gives. TLC's process has one trace at a time. */
public final class TraceLine {
  private static List<String> lines = List.of();
  private static boolean explains;
  private static int last = -1;
  private static Value value = BoolValue.ValFalse;

  private TraceLine() {}

  static void use(List<String> trace) {
    lines = List.copyOf(trace);
    last = -1;
    explains = false;
  }

  static void explain() {
    explains = true;
  }

  /** The line of a number, from 1 on. */
  @TLAPlusOperator(identifier = "Line", module = "Trace", warn = false)
  public static Value line(IntValue number) {
    if (number.val != last) {
      value = TlcValues.of(lines.get(number.val - 1));
      last = number.val;
    }
    return value;
  }

  /** Whether what is allowed is wanted, in place of what the line says. */
  @TLAPlusOperator(identifier = "Explains", module = "Trace", warn = false)
  public static Value explains(IntValue number) {
    return explains && number.val >= 0 ? BoolValue.ValTrue : BoolValue.ValFalse;
  }
}
