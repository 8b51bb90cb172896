package org.mastership.harness.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mastership.core.planted.ChangedCore;
import org.mastership.core.planted.Findings;
import org.mastership.core.planted.PlantedBug;

/** Which of the planted bugs of core the simulation finds, and by how many seeds. */
class PlantedBugsTest {
  private static final int SEEDS = 300;

  @TestFactory
  Stream<DynamicTest> theTableSaysWhichSeedFindsABug() {
    return PlantedBug.all().stream().map(bug -> dynamicTest(bug.name(), () -> check(bug)));
  }

  /** Where the table names the run that finds a bug, no other one has to be tried. */
  private static void check(PlantedBug bug) throws Exception {
    ChangedCore core = ChangedCore.with(bug);
    String said = Findings.of(bug, Findings.Check.SIMULATION);
    String found =
        Findings.isRewritten()
            ? core.run(SeedCheck.class, String.valueOf(SEEDS))
            : said.equals(Findings.NOTHING) ? said : core.run(SeedCheck.class, said);
    Findings.check(bug, Findings.Check.SIMULATION, found);
  }

  @Test
  void aCopyWithoutABugKeepsAllPromises() throws Exception {
    assertThat(ChangedCore.unchanged().run(SeedCheck.class, "20")).isEqualTo(Findings.NOTHING);
  }
}
