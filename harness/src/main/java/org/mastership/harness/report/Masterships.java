package org.mastership.harness.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Question;

/** Reads when servers said that they are master from the file of a run. */
final class Masterships implements HistoryReader.Listener {
  private final List<Observation> seen = new ArrayList<>();

  private Masterships() {}

  /** Those of a file, on the clock of the run, in its order; none if there is no file. */
  static List<Observation> read(Path file) throws IOException {
    Masterships masterships = new Masterships();
    if (Files.exists(file)) {
      HistoryReader.plain().read(file, masterships);
    }
    return masterships.seen;
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
