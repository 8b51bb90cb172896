package org.mastership.harness.simulation;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.mastership.core.Guarantee;
import org.mastership.core.planted.Findings;

/**
 * Says which run breaks a promise: the one that is named by its guarantee and its seed, or, given a
 * number of seeds, the first of the runs with these seeds under both guarantees.
 */
final class SeedCheck implements UnaryOperator<String> {
  @Override
  public String apply(String which) {
    String digits = which.replaceAll("\\D", "");
    long last = Long.parseLong(digits);
    boolean isNumber = digits.equals(which);
    for (long seed = isNumber ? 1 : last; seed <= last; seed++) {
      for (Guarantee guarantee : Guarantee.values()) {
        String name = guarantee.name().toLowerCase(Locale.ROOT) + ", seed " + seed;
        if ((isNumber || name.equals(which)) && isBroken(Settings.ofSeed(seed, guarantee, 0))) {
          return name;
        }
      }
    }
    return Findings.NOTHING;
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
