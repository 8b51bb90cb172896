package org.mastership.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mastership.core.Epoch;
import org.mastership.harness.checker.Observation;

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

  /** The tenures of a run, in the order in which they began. */
  static List<Tenure> of(List<Observation> masterships) {
    Map<String, Tenure> running = new HashMap<>();
    List<Tenure> ended = new ArrayList<>();
    for (Observation each : masterships) {
      Tenure now = of(each);
      Tenure last = running.get(each.server());
      if (last != null && last.goesOnIn(now)) {
        now = new Tenure(now.server, now.epoch, last.fromMillis, now.toMillis);
      } else if (last != null) {
        ended.add(last);
      }
      running.put(each.server(), now);
    }
    ended.addAll(running.values());
    ended.sort(Comparator.comparingDouble(Tenure::fromMillis));
    return ended;
  }

  private static Tenure of(Observation seen) {
    return new Tenure(
        Long.parseLong(seen.server().substring(1)),
        Epoch.ofToken(seen.token()).toString(),
        seen.before() / 1e6,
        seen.after() / 1e6);
  }

  private boolean goesOnIn(Tenure next) {
    return epoch.equals(next.epoch) && next.fromMillis - toMillis < MOST_SILENT_MILLIS;
  }
}
