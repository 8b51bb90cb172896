package org.mastership.spec.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mastership.core.planted.ChangedCore;
import org.mastership.core.planted.Findings;
import org.mastership.core.planted.PlantedBug;

/** Which of the planted bugs of core the comparison with the specification finds. */
class PlantedBugsTest {
  /** The comparisons that take no longer than ten seconds or so, those that find most first. */
  private static final List<String> COMPARISONS =
      List.of(
          "QuorumFarFromLogs",
          "TimedFarFromLogs",
          "QuorumFar",
          "TimedFar",
          "QuorumCatchesUp",
          "TimedCompares",
          "TimedLoses",
          "TimedElects",
          "QuorumElects",
          "TimedRanks",
          "TimedFarRated");

  @TestFactory
  Stream<DynamicTest> theTableSaysWhichComparisonFindsABug() {
    return PlantedBug.all().stream().map(bug -> dynamicTest(bug.name(), () -> check(bug)));
  }

  private static void check(PlantedBug bug) throws Exception {
    ChangedCore core = ChangedCore.with(bug);
    Findings.check(bug, Findings.Check.COMPARISON, found(core, comparisons(bug)));
  }

  /** Where the table names the comparison that finds a bug, no other one has to be tried. */
  private static List<String> comparisons(PlantedBug bug) throws Exception {
    String said = Findings.of(bug, Findings.Check.COMPARISON);
    if (Findings.isRewritten()) {
      return COMPARISONS;
    }
    return COMPARISONS.stream().filter(name -> said.startsWith(name + ",")).toList();
  }

  private static String found(ChangedCore core, List<String> comparisons) throws Exception {
    for (String name : comparisons) {
      String found = core.run(ComparisonCheck.class, name);
      if (!found.equals(Findings.NOTHING)) {
        return found;
      }
    }
    return Findings.NOTHING;
  }

  @Test
  void aCopyWithoutABugIsTheSameAsTheSpecification() throws Exception {
    assertThat(found(ChangedCore.unchanged(), COMPARISONS.subList(0, 2)))
        .isEqualTo(Findings.NOTHING);
  }
}
