package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of a log a snapshot would stand for. */
class LogSizeTest {
  private final LogSize size = new LogSize(100);

  private void append(int first, int last, long bytes) {
    for (int sequence = first; sequence <= last; sequence++) {
      size.append(sequence, bytes);
    }
  }

  @Test
  void onlyWhatIsExecutedCounts() {
    append(1, 10, 60);

    assertThat(size.bytes()).isEqualTo(600);
    assertThat(size.reaches(600, 10)).isTrue();
    assertThat(size.reaches(600, 9)).isFalse();
    assertThat(size.reaches(480, 9)).isTrue();
    assertThat(size.reaches(601, 10)).isFalse();
  }

  @Test
  void whatASnapshotStandsForCountsNoMore() {
    append(1, 10, 100);

    size.compact(4);

    assertThat(size.bytes()).isEqualTo(600);
    assertThat(size.reaches(600, 10)).isTrue();
  }

  @Test
  void whatIsCutCountsNoMore() {
    append(1, 10, 100);

    size.cut(4);
    append(5, 5, 50);

    assertThat(size.bytes()).isEqualTo(450);
    size.cut(0);
    assertThat(size.bytes()).isZero();
  }
}
