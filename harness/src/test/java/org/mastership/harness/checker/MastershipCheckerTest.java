package org.mastership.harness.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MastershipCheckerTest {
  private static Observation seen(String server, long before, long after, long token) {
    return new Observation(server, before, after, token);
  }

  private static String problem(Observation... observations) {
    return MastershipChecker.problem(List.of(observations)).orElse("");
  }

  @Test
  void epochsThatFollowEachOtherAreSound() {
    assertThat(
            problem(
                seen("a", 1, 2, 7), seen("a", 3, 4, 0), seen("b", 5, 6, 9), seen("a", 7, 8, 11)))
        .isEmpty();
  }

  @Test
  void anEpochHasOneHolder() {
    assertThat(problem(seen("a", 1, 2, 7), seen("b", 3, 4, 7)))
        .startsWith("one epoch has two holders");
  }

  @Test
  void noEpochIsSeenAfterAHigherOneHasEnded() {
    assertThat(problem(seen("b", 1, 2, 9), seen("a", 3, 4, 7)))
        .isEqualTo(
            "a mastership was seen after a later one: b was master with token 9 between 1 and 2;"
                + " then a was master with token 7 between 3 and 4");
  }

  @Test
  void twoServersAreNotMasterByTurnsInTwoEpochs() {
    assertThat(problem(seen("a", 1, 2, 7), seen("b", 3, 4, 9), seen("a", 5, 6, 7)))
        .startsWith("a mastership was seen after a later one");
  }

  @Test
  void observationsThatOverlapMayHaveHappenedInEitherOrder() {
    assertThat(problem(seen("b", 1, 5, 9), seen("a", 4, 8, 7))).isEmpty();
  }

  @Test
  void oneWrongObservationAmongAHundredThousandIsFound() {
    Random random = new Random(3);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      observations.add(seen("s" + i / 1000 % 5, 10L * i, 10L * i + 5, 1 + i / 1000));
    }
    assertThat(MastershipChecker.problem(observations)).isEmpty();

    for (int i = 0; i < 20; i++) {
      int victim = random.nextInt(observations.size());
      Observation was = observations.get(victim);
      long token = was.token() > 50 ? was.token() - 1 : was.token() + 1;
      observations.set(victim, seen(was.server(), was.before(), was.after(), token));
      assertThat(MastershipChecker.problem(observations)).isPresent();
      observations.set(victim, was);
    }
  }

  @Test
  void aFileOfAKilledServerIsReadUpToItsLastWholeLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a");
    Files.writeString(file, "-5 -4 0\n1 2 7\n3 4 7\n5 6");

    assertThat(ObservationFile.masterships("a", file))
        .containsExactly(seen("a", 1, 2, 7), seen("a", 3, 4, 7));
  }
}
