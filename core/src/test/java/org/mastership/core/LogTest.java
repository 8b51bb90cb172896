package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The runs of a log against the plain list of its entries' epochs. */
class LogTest {

  /** Epochs of entries, never falling. */
  @Provide
  Arbitrary<List<Epoch>> epochs() {
    return Arbitraries.integers()
        .between(0, 3)
        .list()
        .ofMaxSize(12)
        .map(
            steps -> {
              List<Epoch> epochs = new ArrayList<>();
              long round = 1;
              for (int step : steps) {
                round += step / 2;
                epochs.add(new Epoch(round, 1));
              }
              return epochs;
            });
  }

  private static Log log(List<Epoch> epochs) {
    Log log = Log.EMPTY;
    for (Epoch epoch : epochs) {
      long next = log.lastSequence() + 1;
      log = log.append(new Run(epoch, next, next));
    }
    return log;
  }

  private static List<Epoch> entries(Log log) {
    List<Epoch> epochs = new ArrayList<>();
    for (long sequence = 1; sequence <= log.lastSequence(); sequence++) {
      epochs.add(log.at(sequence).epoch());
    }
    return epochs;
  }

  @Property
  void runsHoldTheEpochsOfAllEntries(@ForAll("epochs") List<Epoch> epochs) {
    assertThat(entries(log(epochs))).isEqualTo(epochs);
    assertThat(Log.of(log(epochs).runs())).isEqualTo(log(epochs));
  }

  @Property
  void cutKeepsTheBeginning(@ForAll("epochs") List<Epoch> epochs, @ForAll("epochs") List<Epoch> o) {
    int after = Math.min(o.size(), epochs.size());
    assertThat(entries(log(epochs).cut(after))).isEqualTo(epochs.subList(0, after));
  }

  @Property
  void sliceNamesTheEntriesBetween(
      @ForAll("epochs") List<Epoch> epochs, @ForAll("epochs") List<Epoch> other) {
    int first = Math.min(other.size(), epochs.size()) + 1;
    List<Epoch> sliced = new ArrayList<>();
    for (Run run : log(epochs).slice(first, epochs.size())) {
      for (long i = run.first(); i <= run.last(); i++) {
        sliced.add(run.epoch());
      }
    }
    assertThat(sliced).isEqualTo(epochs.subList(first - 1, epochs.size()));
  }

  @Property
  void floorIsTheLastPositionThatIsNotAbove(
      @ForAll("epochs") List<Epoch> epochs, @ForAll("epochs") List<Epoch> other) {
    Log log = log(epochs);
    Position wanted = log(other).last();
    Position expected = Position.ORIGIN;
    for (long sequence = 1; sequence <= log.lastSequence(); sequence++) {
      if (log.at(sequence).compareTo(wanted) <= 0) {
        expected = log.at(sequence);
      }
    }
    assertThat(log.floor(wanted)).isEqualTo(expected);
  }

  @Property
  void steppingDownByFloorsTwoLogsMeetWhereTheyLastAgree(
      @ForAll("epochs") List<Epoch> one, @ForAll("epochs") List<Epoch> other) {
    Log mine = log(one);
    Log yours = log(other);
    Position meeting = mine.last();
    for (int steps = 0; !yours.contains(meeting); steps++) {
      assertThat(steps).isLessThan(30);
      meeting = mine.floor(yours.floor(meeting));
    }
    Position agreed = Position.ORIGIN;
    for (long sequence = 1; sequence <= mine.lastSequence(); sequence++) {
      if (yours.contains(mine.at(sequence))) {
        agreed = mine.at(sequence);
      }
    }
    assertThat(meeting).isEqualTo(agreed);
  }

  @Test
  void anEntryOfALowerEpochOrWithAGapIsRefused() {
    Log log = Log.EMPTY.append(new Run(new Epoch(2, 1), 1, 3));

    assertThatThrownBy(() -> log.append(new Run(new Epoch(1, 1), 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not follow 2.1:3");
    assertThatThrownBy(() -> log.append(new Run(new Epoch(2, 1), 5, 5)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
