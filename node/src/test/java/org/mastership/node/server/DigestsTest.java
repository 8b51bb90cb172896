package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Stamp;

/** Given a master that has executed seven entries, a back-up's digest is compared with its own. */
class DigestsTest {
  private static final long OWN = 0xA;
  private static final long OTHER = 0xB;
  private final Digests digests = new Digests();

  @BeforeEach
  void executeSevenEntries() {
    for (long sequence = 1; sequence <= 7; sequence++) {
      digests.add(sequence, OWN);
    }
  }

  private static Message.Inquiry inquiry(long accepted, long executed, long digest) {
    return new Message.Inquiry(
        new Epoch(3, 2), Stamp.NONE, 0, accepted, Position.ORIGIN, executed, digest, 0, List.of());
  }

  @Test
  void otherResultsOfTheSameEntriesDiffer() {
    assertThat(digests.differ(inquiry(7, 7, OTHER))).isTrue();
    assertThat(digests.differ(inquiry(7, 7, OWN))).isFalse();
  }

  /** After a partition under TIMED a back-up still has what the other master was sent. */
  @Test
  void resultsOfEntriesThatAreNotThisMastersAreNotCompared() {
    assertThat(digests.differ(inquiry(0, 7, OTHER))).isFalse();
    assertThat(digests.differ(inquiry(3, 7, OTHER))).isFalse();
  }

  @Test
  void whatIsNotExecutedHereOrThereIsNotCompared() {
    assertThat(digests.differ(inquiry(9, 9, OTHER))).isFalse();
    assertThat(digests.differ(inquiry(7, 0, OTHER))).isFalse();
  }
}
