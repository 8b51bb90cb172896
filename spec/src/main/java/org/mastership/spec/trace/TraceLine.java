package org.mastership.spec.trace;

import java.util.Map;
import tlc2.overrides.TLAPlusOperator;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.Value;

/** The operators of module Trace that Java gives. A process follows one trace at a time. */
public final class TraceLine {
  private static boolean explains;
  private static Value value = BoolValue.ValFalse;

  private TraceLine() {}

  /** The line that is to be followed next. */
  static void follow(Map<?, ?> line) {
    value = TlcValues.of(line);
    explains = false;
  }

  /** What is allowed is wanted, in place of what the line says. */
  static void explain() {
    explains = true;
  }

  /** The line that is followed; its number keeps TLC from taking it for a constant. */
  @TLAPlusOperator(identifier = "Line", module = "Trace", warn = false)
  public static Value line(IntValue number) {
    return value;
  }

  /** Whether what is allowed is wanted, in place of what the line says. */
  @TLAPlusOperator(identifier = "Explains", module = "Trace", warn = false)
  public static Value explains(IntValue number) {
    return explains ? BoolValue.ValTrue : BoolValue.ValFalse;
  }
}
