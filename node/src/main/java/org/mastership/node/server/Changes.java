package org.mastership.node.server;

import java.util.Locale;
import org.mastership.core.Effect;
import org.mastership.core.State;
import org.mastership.node.config.ServerConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one server has seen of the mastership: one line in the log for each change, with its reason,
 * the events for the listeners, and the figures for the status. For the event loop only.
 */
final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final double NANOS_PER_MILLI = 1e6;

  private final ServerConfiguration configuration;
  private final Listeners listeners;
  private long suspectedNanos;
  private long lastToken;
  private boolean suspected;
  private long failovers;
  private double lastFailoverMillis;
  private long cut;

  Changes(ServerConfiguration configuration, Listeners listeners) {
    this.configuration = configuration;
    this.listeners = listeners;
  }

  String nameOf(int number) {
    return number == 0 ? "" : configuration.member(number).name();
  }

  /** How many failovers this server has seen: a master after one that was suspected. */
  long failovers() {
    return failovers;
  }

  /** From the suspicion of the last master to its successor, as this server saw it. */
  double lastFailoverMillis() {
    return lastFailoverMillis;
  }

  void report(Effect.Report report, State state, long nowNanos) {
    int master = report.mastership().master();
    long token = report.mastership().epoch().token();
    MastershipEvent.Kind kind = MastershipEvent.Kind.valueOf(report.change().name());
    String reason = words(report.reason());
    measure(kind, token, nowNanos);
    LOG.info(
        "{} epoch {} master {} ({}) as {}",
        kind,
        report.mastership().epoch(),
        master == 0 ? "none" : nameOf(master),
        reason,
        state.role());
    listeners.publish(new MastershipEvent(kind, token, nameOf(master), reason));
  }

  private void measure(MastershipEvent.Kind kind, long token, long nowNanos) {
    switch (kind) {
      case SUSPECTED -> {
        suspected = true;
        suspectedNanos = nowNanos;
      }
      case GAINED, FOLLOWING -> {
        if (suspected && lastToken != 0 && token != lastToken) {
          failovers++;
          lastFailoverMillis = (nowNanos - suspectedNanos) / NANOS_PER_MILLI;
        }
        suspected = false;
        lastToken = token;
      }
      case UNSURE, SURE, LOST -> {}
    }
  }

  /** Entries were cut from the log in favour of another master's. */
  void cut(long entries, long after) {
    cut += entries;
    LOG.warn(
        "{} log entries after {} were discarded in favour of another master's", entries, after);
  }

  /** How many entries were cut since the start. */
  long cut() {
    return cut;
  }

  private static String words(Effect.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
