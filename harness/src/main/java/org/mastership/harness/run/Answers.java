package org.mastership.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Question;

/** When clients were answered: availability, latency, the longest times without an answer. */
final class Answers implements HistoryReader.Listener {
  private static final long WINDOW_NANOS = 100_000_000;
  private static final long MOST_NANOS = 3_600_000_000_000L;

  private final long originNanos;
  private final List<Long> answered = new ArrayList<>();
  private final Histogram latencies = new Histogram(MOST_NANOS, 3);
  private long failed;

  private Answers(long originNanos) {
    this.originNanos = originNanos;
  }

  /** The answers of a history. */
  static Answers of(Path history, long originNanos) throws IOException {
    Answers answers = new Answers(originNanos);
    HistoryReader.plain().read(history, answers);
    Collections.sort(answers.answered);
    return answers;
  }

  @Override
  public void asked(Question question) {}

  @Override
  public void answered(Question question, Event answer, long place) {
    answered.add(answer.timeNanos() - originNanos);
    latencies.recordValue(Math.min(MOST_NANOS, answer.timeNanos() - question.event().timeNanos()));
  }

  @Override
  public void unanswered(Question question) {
    failed++;
  }

  /** How many requests were answered. */
  long count() {
    return answered.size();
  }

  /** How many were not. */
  long failed() {
    return failed;
  }

  /** A percentile of the latency in ms. */
  double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }

  /** The longest time between two answers, in ms. */
  double longestGapMillis() {
    return longestGapMillis(0, Long.MAX_VALUE);
  }

  /** The longest time between two answers that overlaps a time, in ms. */
  double longestGapMillis(long fromNanos, long toNanos) {
    long longest = 0;
    for (int i = 1; i < answered.size(); i++) {
      if (answered.get(i) >= fromNanos && answered.get(i - 1) <= toNanos) {
        longest = Math.max(longest, answered.get(i) - answered.get(i - 1));
      }
    }
    return longest / 1e6;
  }

  /**
   * The share of windows of 100 ms with an answer, among those that lie in a fault or among those
   * that lie in none; 1 where there are none of them.
   */
  double availability(List<Fault> faults, boolean inFaults) {
    if (answered.isEmpty()) {
      return 0;
    }
    long windows = 0;
    long served = 0;
    int next = 0;
    long end = answered.get(answered.size() - 1);
    for (long begin = answered.get(0); begin < end; begin += WINDOW_NANOS) {
      int first = next;
      while (answered.get(next) < begin + WINDOW_NANOS && next < answered.size() - 1) {
        next++;
      }
      if (overlaps(faults, begin) == inFaults) {
        windows++;
        served += next > first ? 1 : 0;
      }
    }
    return windows == 0 ? 1 : (double) served / windows;
  }

  private static boolean overlaps(List<Fault> faults, long begin) {
    return faults.stream()
        .anyMatch(fault -> fault.beginNanos() < begin + WINDOW_NANOS && fault.endNanos() > begin);
  }
}
