package org.mastership.node.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mastership.core.Expectations;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.node.config.ServerConfiguration.Member;

/** What a configuration promises, as lines of text. */
final class PromisedTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private PromisedTable() {}

  static List<String> lines(GroupConfiguration group, List<Member> members) {
    Expectations promised = Expectations.of(group);
    List<String> lines = new ArrayList<>();
    if (group.guarantee() == Guarantee.QUORUM) {
      lines.add(
          "guarantee quorum: one master at any instant and linearizable, whatever the network does");
      lines.add(
          "its price: only a majority serves, and an answer waits for the disks of a majority");
    } else {
      lines.add("guarantee timed: one master while delays keep the bound and the network is whole");
      lines.add(
          "its price: each side of a partition has a master, and what the losing one answered is"
              + " discarded; an answer waits for the disks of all functional back-ups");
    }
    lines.add(
        text(
            "survives %d of %d servers down; idle, the group exchanges %.0f messages a second",
            promised.crashesSurvived(), group.size(), promised.messagesPerSecond()));
    if (promised.crashesSurvived() == 0) {
      lines.add("to survive a crash, have three servers or more, or 'guarantee: timed'");
    }
    lines.add(
        text(
            "a failed master is detected at once where its host refuses connections, else within"
                + " %.1f ms",
            promised.detectionWorstNanos() / NANOS_PER_MILLI));
    for (Expectations.Failover failover : promised.failovers()) {
      lines.add(
          text(
              "failover to %s (index %d): best %.1f ms, worst %.1f ms, and what storage takes",
              members.get(failover.number() - 1).name(),
              failover.index(),
              failover.bestNanos() / NANOS_PER_MILLI,
              failover.worstNanos() / NANOS_PER_MILLI));
    }
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
