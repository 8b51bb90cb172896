package org.mastership.harness.campaign;

import java.util.Locale;
import org.mastership.harness.run.RunSettings;

/**
 * A run of a campaign.
 *
 * @param faults in a word: the name of the one that there is, or that it is a mixture
 */
public record PlannedRun(String faults, RunSettings settings) {
  /** What {@link #faults} says of a mixture. */
  public static final String MIXTURE = "mixture";

  /** The guarantee, as on the command line. */
  public String guarantee() {
    return settings.guarantee().name().toLowerCase(Locale.ROOT);
  }

  /** The name of its folder, which no other run of the campaign has. */
  String folder() {
    return settings.ground() + "-" + guarantee() + "-" + faults + "-" + settings.seed();
  }
}
