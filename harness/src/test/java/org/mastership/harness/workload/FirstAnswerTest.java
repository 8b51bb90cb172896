package org.mastership.harness.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  @Test
  void onlyWhatWasAskedAfterTheKillCounts() {
    FirstAnswer first = new FirstAnswer();
    long askedBefore = System.nanoTime();
    CompletableFuture<Long> answered = first.fromNow();

    first.answered(askedBefore);
    assertThat(answered).isNotDone();

    long askedAfter = System.nanoTime() + 1;
    first.answered(askedAfter);
    assertThat(answered).isDone();
    long noted = answered.join();
    first.answered(askedAfter);
    assertThat(answered.join()).isEqualTo(noted).isGreaterThanOrEqualTo(askedBefore);
  }
}
