package org.mastership.harness.simulation;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.mastership.core.Guarantee;
import org.mastership.core.planted.Findings;
import org.mastership.harness.simulation.Settings.Fault;

/**
 * Says which run breaks a promise: the one that is named by its guarantee and its seed, or, given a
 * number of seeds, the first of the runs with these seeds under both guarantees; if none does, the
 * first of those of a wide area, of which there are fewer.
 */
final class SeedCheck implements UnaryOperator<String> {
  private static final String WIDE_AREA = ", wide area";
  private static final int WIDE_AREA_ONE_IN = 20;
  private static final int WIDE_AREA_SERVERS = 5;

  @Override
  public String apply(String which) {
    String digits = which.replaceAll("\\D", "");
    long number = Long.parseLong(digits);
    if (!digits.equals(which)) {
      return found(which, number, number, which.contains(WIDE_AREA));
    }
    String found = found("", 1, number, false);
    return found.equals(Findings.NOTHING) ? found("", 1, number / WIDE_AREA_ONE_IN, true) : found;
  }

  /** The first broken run with these seeds, and with this name unless it is empty. */
  private static String found(String name, long first, long last, boolean wideArea) {
    for (long seed = first; seed <= last; seed++) {
      for (Guarantee guarantee : Guarantee.values()) {
        String own = name(guarantee, seed, wideArea);
        if ((name.isEmpty() || name.equals(own)) && isBroken(settings(guarantee, seed, wideArea))) {
          return own;
        }
      }
    }
    return Findings.NOTHING;
  }

  private static String name(Guarantee guarantee, long seed, boolean wideArea) {
    String name = guarantee.name().toLowerCase(Locale.ROOT);
    return name + (wideArea ? WIDE_AREA : "") + ", seed " + seed;
  }

  private static Settings settings(Guarantee guarantee, long seed, boolean wideArea) {
    return wideArea
        ? Settings.ofSeed(seed, guarantee, WIDE_AREA_SERVERS)
            .withFaults(Set.of(Fault.CRASH))
            .inWideArea()
        : Settings.ofSeed(seed, guarantee, 0);
  }

  private static boolean isBroken(Settings settings) {
    try {
      Simulation.run(settings, (at, local, server, before, input, step) -> {});
      return false;
    } catch (Broken e) {
      System.out.println(e.getMessage().lines().findFirst().orElseThrow());
      return true;
    }
  }
}
