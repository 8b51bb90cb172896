package org.mastership.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mastership.core.Epoch;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.Question;

/**
 * A time in which a server said, whenever it was asked, that it is master in one epoch.
 *
 * @param server its number
 * @param epoch as people read it
 * @param fromMillis when it was first asked
 * @param toMillis when it last answered
 */
record Tenure(long server, String epoch, double fromMillis, double toMillis) {
  /** A server that says nothing for so long has not said that it was master meanwhile. */
  private static final double MOST_SILENT_MILLIS = 100;

  /** The tenures of a history of masterships; none if there is no file. */
  static List<Tenure> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    Reading reading = new Reading();
    HistoryReader.plain().read(file, reading);
    reading.running.values().forEach(reading.ended::add);
    reading.ended.sort(Comparator.comparingDouble(Tenure::fromMillis));
    return reading.ended;
  }

  private static String epoch(JsonNode token) {
    return Epoch.ofToken(token.asLong()).toString();
  }

  boolean overlaps(Tenure other) {
    return server != other.server && fromMillis < other.toMillis && other.fromMillis < toMillis;
  }

  private static final class Reading implements HistoryReader.Listener {
    private final Map<Long, Tenure> running = new HashMap<>();
    private final List<Tenure> ended = new ArrayList<>();

    @Override
    public void asked(Question question) {}

    @Override
    public void answered(Question question, Event answer, long place) {
      if (answer.value().asLong() <= 0) {
        return;
      }
      long server = answer.process();
      String epoch = epoch(answer.value());
      double from = question.event().timeNanos() / 1e6;
      double to = answer.timeNanos() / 1e6;
      Tenure last = running.get(server);
      if (last != null && last.epoch.equals(epoch) && from - last.toMillis < MOST_SILENT_MILLIS) {
        running.put(server, new Tenure(server, epoch, last.fromMillis, to));
      } else {
        if (last != null) {
          ended.add(last);
        }
        running.put(server, new Tenure(server, epoch, from, to));
      }
    }

    @Override
    public void unanswered(Question question) {}
  }
}
