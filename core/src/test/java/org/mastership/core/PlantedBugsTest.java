package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mastership.core.planted.ChangedCore;
import org.mastership.core.planted.Findings;
import org.mastership.core.planted.PlantedBug;

/**
 * What core's text traces find of the planted bugs, and that every bug is found by what explores.
 */
class PlantedBugsTest {
  private static final int LEAST_BUGS = 18;
  private static final int LEAST_SIMULATED = 15;

  @TestFactory
  Stream<DynamicTest> theTableSaysWhichTraceShowsABug() {
    return PlantedBug.all().stream()
        .map(
            bug ->
                dynamicTest(
                    bug.name(),
                    () ->
                        Findings.check(
                            bug,
                            Findings.Check.TRACES,
                            ChangedCore.with(bug).run(TraceCheck.class, ""))));
  }

  @Test
  void aCopyWithoutABugShowsNothing() throws Exception {
    assertThat(ChangedCore.unchanged().run(TraceCheck.class, "")).isEqualTo(Findings.NOTHING);
  }

  @Test
  void everyBugIsFoundByTheComparisonOrTheSimulation() throws Exception {
    int simulated = 0;
    for (PlantedBug bug : PlantedBug.all()) {
      boolean bySimulation = isFound(bug, Findings.Check.SIMULATION);
      assertThat(bySimulation || isFound(bug, Findings.Check.COMPARISON)).as(bug.name()).isTrue();
      simulated += bySimulation ? 1 : 0;
    }
    assertThat(PlantedBug.all()).hasSizeGreaterThanOrEqualTo(LEAST_BUGS);
    assertThat(simulated).as("found by simulation").isGreaterThanOrEqualTo(LEAST_SIMULATED);
  }

  private static boolean isFound(PlantedBug bug, Findings.Check check) throws Exception {
    return !Findings.of(bug, check).startsWith(Findings.NOTHING);
  }

  @Test
  void aLineThatIsGoneIsSaid() {
    PlantedBug gone = new PlantedBug("gone", "Log.java", "no such line", "", "nothing");

    assertThatThrownBy(() -> ChangedCore.with(gone))
        .hasMessage("gone: the line is 0 times in Log.java, not once: no such line");
  }

  @Test
  void aChangeThatDoesNotCompileIsSaid() {
    PlantedBug broken =
        new PlantedBug("broken", "Log.java", "private int size() {", "private in size() {", "it");

    assertThatThrownBy(() -> ChangedCore.with(broken))
        .hasMessageStartingWith("broken does not compile: ");
  }
}
