package org.mastership.harness.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.ObservationFile;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Question;

/** Reads when servers said that they are master from the files of a run. */
final class Masterships implements HistoryReader.Listener {
  private final List<Observation> seen = new ArrayList<>();

  private Masterships() {}

  /**
   * Those of a run, in order and on its clock. A run that was killed has what its servers wrote
   * themselves, if they wrote on this machine.
   *
   * @param originNanos when the run began, on the servers' clock
   */
  static List<Observation> read(Path run, long originNanos) throws IOException {
    Path file = run.resolve("mastership.jsonl");
    Path servers = run.resolve("servers");
    Masterships masterships = new Masterships();
    if (Files.exists(file)) {
      HistoryReader.plain().read(file, masterships);
    } else if (Files.isDirectory(servers)) {
      masterships.addAll(ObservationFile.masterships(servers), originNanos);
    }
    return masterships.seen;
  }

  private void addAll(List<Observation> observations, long originNanos) {
    for (Observation each : observations) {
      long before = each.before() - originNanos;
      seen.add(new Observation(each.server(), before, each.after() - originNanos, each.token()));
    }
    seen.sort(Comparator.comparingLong(Observation::before));
  }

  @Override
  public void asked(Question question) {}

  @Override
  public void answered(Question question, Event answer, long place) {
    long token = answer.value().asLong();
    if (token > 0) {
      String server = "s" + answer.process();
      seen.add(new Observation(server, question.event().timeNanos(), answer.timeNanos(), token));
    }
  }

  @Override
  public void unanswered(Question question) {}
}
