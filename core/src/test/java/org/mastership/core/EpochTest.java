package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EpochTest {

  @Property
  void tokensGrowAsEpochsDo(
      @ForAll @LongRange(min = 1, max = 1L << 40) long round,
      @ForAll @IntRange(min = 1, max = 63) int number,
      @ForAll @LongRange(min = 1, max = 1L << 40) long otherRound,
      @ForAll @IntRange(min = 1, max = 63) int otherNumber) {
    Epoch one = new Epoch(round, number);
    Epoch other = new Epoch(otherRound, otherNumber);

    assertThat(Long.compare(one.token(), other.token())).isEqualTo(one.compareTo(other));
    assertThat(Epoch.ofToken(one.token())).isEqualTo(one);
    assertThat(one.token()).isGreaterThan(Epoch.NONE.token());
  }

  @Test
  void inOneRoundTheSmallerNumberIsHigher() {
    assertThat(new Epoch(3, 1).isAbove(new Epoch(3, 2))).isTrue();
    assertThat(new Epoch(4, 2).isAbove(new Epoch(3, 1))).isTrue();
    assertThat(new Epoch(3, 2).next(5)).isEqualTo(new Epoch(4, 5));
  }

  @Test
  void whatIsNoEpochIsRefused() {
    assertThatThrownBy(() -> new Epoch(0, 1)).hasMessageContaining("round 0, number 1");
    assertThatThrownBy(() -> new Epoch(1, 64)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Epoch.ofToken(7)).isInstanceOf(IllegalArgumentException.class);
  }
}
