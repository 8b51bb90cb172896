package org.mastership.spec.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mastership.core.DelayFormula;
import org.mastership.core.DelayTable;
import org.mastership.core.ElectionDelay;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Guarantee;
import org.mastership.core.Timing;

/**
 * Up to where two graphs are compared, in one place for both: three servers, and what may happen
 * that does not follow from a message.
 *
 * @param name of the comparison
 * @param guarantee what the group promises
 * @param begin the predicate of module Group from which both begin
 * @param entries the longest log; 0 where there is none
 * @param messages the most messages under way
 * @param left how many timers, passes, crashes, breaks, losses, doubles and hand-overs there may be
 */
record Bounds(
    String name,
    Guarantee guarantee,
    String begin,
    int entries,
    int messages,
    Map<String, Integer> left) {
  private static final int ROUNDS = 9;
  private static final int AHEAD = 2;
  private static final int READS = 1;
  private static final long MILLI = 1_000_000;
  private static final List<String> BUDGETS =
      List.of(
          "timers", "passes", "crashes", "starts", "breaks", "losses", "doubles", "resigns",
          "rates");

  Bounds {
    left = everyBudget(left);
  }

  private static Map<String, Integer> everyBudget(Map<String, Integer> given) {
    Map<String, Integer> all = new TreeMap<>();
    BUDGETS.forEach(budget -> all.put(budget, given.getOrDefault(budget, 0)));
    return all;
  }

  /** The times are of no matter: they are abstracted from. */
  GroupConfiguration group() {
    return new GroupConfiguration(
        guarantee,
        List.of(1, 2, 3),
        new Timing(25 * MILLI, 90 * MILLI, 105 * MILLI, 500),
        new ElectionDelay(
            DelayFormula.TIGHT, 10 * MILLI, 35 * MILLI, DelayTable.uniform(3, 10 * MILLI)),
        entries == 0
            ? GroupConfiguration.Limits.ELECTION_ONLY
            : new GroupConfiguration.Limits(AHEAD, AHEAD));
  }

  CoreActions actions() {
    return new CoreActions(new CoreSteps(group()), READS);
  }

  /** Writes the model to a folder of its own, and has TLC read it. */
  SpecGroup specification(Path target, Path modules) throws IOException {
    Path folder = Files.createDirectories(target.resolve(name));
    Files.writeString(folder.resolve(name + ".tla"), module());
    Files.writeString(folder.resolve(name + ".cfg"), configuration());
    return new SpecGroup(folder, name, modules);
  }

  private String module() {
    return "---- MODULE " + name + " ----\nEXTENDS Group\n====\n";
  }

  private String configuration() {
    StringBuilder text = new StringBuilder("INIT " + begin + "\nNEXT Next\nCONSTANTS\n");
    constant(text, "N", "3");
    constant(text, "Quorum", truth(guarantee == Guarantee.QUORUM));
    constant(text, "Replicates", truth(entries > 0));
    constant(text, "Ahead", Integer.toString(AHEAD));
    constant(text, "PerMessage", Integer.toString(AHEAD));
    constant(text, "Removed", "{}");
    constant(text, "MostRounds", Integer.toString(ROUNDS));
    constant(text, "MostEntries", Integer.toString(entries));
    constant(text, "MostMessages", Integer.toString(messages));
    constant(text, "Reads", Integer.toString(READS));
    left.forEach(
        (budget, count) ->
            constant(
                text,
                budget.substring(0, 1).toUpperCase(Locale.ROOT) + budget.substring(1),
                Integer.toString(count)));
    return text.append("CONSTRAINT Within\nCHECK_DEADLOCK FALSE\n").toString();
  }

  private static void constant(StringBuilder text, String constant, String value) {
    text.append("  ").append(constant).append(" = ").append(value).append('\n');
  }

  private static String truth(boolean truth) {
    return truth ? "TRUE" : "FALSE";
  }

  @Override
  public String toString() {
    return name;
  }
}
