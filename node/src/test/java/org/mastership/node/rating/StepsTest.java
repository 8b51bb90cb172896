package org.mastership.node.rating;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Measured values in steps. */
class StepsTest {
  @Property
  void aStepIsNearToTheValue(@ForAll @DoubleRange(min = 10, max = 1e6) double value) {
    assertThat((double) Steps.of(value)).isBetween(value / 1.3, value * 1.3);
  }

  @Property
  void aSmallChangeChangesNothing(
      @ForAll @DoubleRange(min = 10, max = 1e6) double value,
      @ForAll @DoubleRange(min = 0.85, max = 1.15) double factor) {
    long before = Steps.of(value);
    assertThat(Steps.of(value * factor, before)).isEqualTo(before);
  }

  @Test
  void aLargeChangeCounts() {
    long before = Steps.of(100);

    assertThat(Steps.of(50, before)).isLessThan(before);
    assertThat(Steps.of(200, before)).isGreaterThan(before);
  }

  @Test
  void nothingIsRatedZero() {
    assertThat(Steps.of(0)).isEqualTo(1);
  }
}
