package org.mastership.harness.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Question;

/**
 * What clients asked and were told, gathered into windows of time: so a page of a million requests
 * is no larger than one of a thousand.
 */
final class Load implements HistoryReader.Listener {
  private static final double LEAST_WINDOW_MILLIS = 100;
  private static final int MOST_WINDOWS = 1500;

  private final DoubleStream.Builder times = DoubleStream.builder();
  private final DoubleStream.Builder latencies = DoubleStream.builder();
  private final DoubleStream.Builder unanswered = DoubleStream.builder();
  private double[] answeredAt = {};
  private double[] latency = {};
  private double[] unansweredAt = {};

  /**
   * What happened in one window.
   *
   * @param fromMillis when it begins
   * @param answered how many answers came
   * @param unanswered how many questions were asked that were never answered
   * @param medianMillis the middle latency of the answers, 0 for none
   * @param worstMillis the latency that one answer in a hundred exceeds, 0 for none
   */
  record Window(
      double fromMillis, int answered, int unanswered, double medianMillis, double worstMillis) {}

  @Override
  public void asked(Question question) {}

  @Override
  public void answered(Question question, Event answer, long place) {
    times.add(answer.timeNanos() / 1e6);
    latencies.add((answer.timeNanos() - question.event().timeNanos()) / 1e6);
  }

  @Override
  public void unanswered(Question question) {
    unanswered.add(question.event().timeNanos() / 1e6);
  }

  /** All times are counted from the beginning of the run; nothing is added any more. */
  Load since(long originNanos) {
    double origin = originNanos / 1e6;
    answeredAt = times.build().map(time -> time - origin).toArray();
    latency = latencies.build().toArray();
    unansweredAt = unanswered.build().map(time -> time - origin).sorted().toArray();
    return this;
  }

  boolean isEmpty() {
    return answeredAt.length + unansweredAt.length == 0;
  }

  double firstMillis() {
    return DoubleStream.concat(Arrays.stream(answeredAt), Arrays.stream(unansweredAt))
        .min()
        .orElse(0);
  }

  double lastMillis() {
    return DoubleStream.concat(Arrays.stream(answeredAt), Arrays.stream(unansweredAt))
        .max()
        .orElse(0);
  }

  /** How long a window is. */
  double windowMillis() {
    double span = lastMillis() - firstMillis();
    return LEAST_WINDOW_MILLIS * Math.max(1, Math.ceil(span / LEAST_WINDOW_MILLIS / MOST_WINDOWS));
  }

  List<Window> windows() {
    if (isEmpty()) {
      return List.of();
    }
    double width = windowMillis();
    double first = Math.floor(firstMillis() / width) * width;
    int count = (int) ((lastMillis() - first) / width) + 1;
    List<DoubleStream.Builder> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(DoubleStream.builder());
    }
    for (int i = 0; i < answeredAt.length; i++) {
      answers.get((int) ((answeredAt[i] - first) / width)).add(latency[i]);
    }
    int[] lost = new int[count];
    for (double at : unansweredAt) {
      lost[(int) ((at - first) / width)]++;
    }
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] sorted = answers.get(i).build().sorted().toArray();
      windows.add(
          new Window(first + i * width, sorted.length, lost[i], at(sorted, 0.5), at(sorted, 0.99)));
    }
    return windows;
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }
}
