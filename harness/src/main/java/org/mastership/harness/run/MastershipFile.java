package org.mastership.harness.run;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.EventWriter;

/** Writes what servers said of their mastership as a history of model {@code mastership}. */
final class MastershipFile {
  private MastershipFile() {}

  /**
   * Writes a file.
   *
   * @param originNanos when the run began, on the clock of the observations
   */
  static void write(Path file, List<Observation> observations, long originNanos)
      throws IOException {
    List<Event> events = new ArrayList<>();
    for (Observation each : observations) {
      long process = Long.parseLong(each.server().substring(1));
      NullNode none = NullNode.getInstance();
      LongNode token = LongNode.valueOf(each.token());
      events.add(
          new Event(process, Event.Type.INVOKE, "master", "", none, each.before() - originNanos));
      events.add(
          new Event(process, Event.Type.OK, "master", "", token, each.after() - originNanos));
    }
    events.sort(Comparator.comparingLong(Event::timeNanos));
    try (EventWriter writer = new EventWriter(file)) {
      for (Event event : events) {
        writer.write(event);
      }
    }
  }
}
