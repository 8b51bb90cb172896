package org.mastership.harness.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.run.Finding;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.Run;
import org.mastership.harness.run.RunResult;
import org.mastership.harness.run.RunSettings;
import org.mastership.harness.workload.Kind;

/** A campaign whose runs end in other ways than well. */
class CampaignTest {
  private static final Finding BAD =
      new Finding("counter", "not linearizable", false, "one is missing", List.of());

  private final StringWriter told = new StringWriter();
  @TempDir private Path folder;

  /** Of four runs, with the seeds 1 to 4. */
  private Summary run(boolean stopsAtFirst, Campaign.Runner runner) throws IOException {
    Plan.Shape shape =
        new Plan.Shape(List.of(Ground.SIMULATED), List.of(Guarantee.QUORUM), 4, 0, 1);
    List<PlannedRun> plan =
        Plan.of(
            shape,
            ground -> Set.of(FaultKind.CRASH),
            (ground, guarantee, faults, seed) ->
                new RunSettings(
                    ground,
                    3,
                    guarantee,
                    Set.of(Kind.COUNTER),
                    faults,
                    Duration.ofSeconds(1),
                    seed,
                    2));
    return new Campaign(plan, Map.of(), folder, stopsAtFirst, new PrintWriter(told), runner).run();
  }

  private JsonNode written() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("campaign.json").toFile());
  }

  /** The second run is not what its group made of it. */
  private static RunResult badAtSecond(RunSettings settings, Path path, PrintWriter out)
      throws IOException, InterruptedException {
    RunResult result = Run.run(settings, path, out);
    return settings.seed() == 2 ? new RunResult(path, List.of(BAD), result.figures()) : result;
  }

  @Test
  void itGoesOnAfterABadRunAndSaysHowToRepeatThatOne() throws Exception {
    Summary summary = run(false, CampaignTest::badAtSecond);

    assertThat(summary.isClean()).isFalse();
    assertThat(summary.ended()).isEqualTo(4);
    assertThat(summary.rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.runs()).isEqualTo(4);
              assertThat(row.clean()).isEqualTo(3);
              assertThat(row.availableInFaults()).isPresent();
            });
    String repeat =
        "mastership-harness run --ground simulated --servers 3 --guarantee quorum"
            + " --workload counter --faults crash --duration 1 --seed 2 --clients 2";
    assertThat(told.toString())
        .contains("counter: not linearizable   one is missing", "to repeat it: " + repeat)
        .endsWith("campaign: NOT CLEAN   3 of 4 runs clean\n");
    assertThat(written().get("clean").asBoolean()).isFalse();
    assertThat(written().at("/runs/1/repeat").asText()).isEqualTo(repeat);
  }

  @Test
  void theFirstBadRunEndsItWhereThatIsAskedFor() throws Exception {
    Summary summary = run(true, CampaignTest::badAtSecond);

    assertThat(summary.outcomes()).hasSize(2);
    assertThat(told.toString())
        .endsWith("campaign: NOT CLEAN   1 of 4 runs clean, 2 not run to their end\n");
  }

  @Test
  void aGroundThatFailsIsNoVerdictOnTheServersButNotCleanEither() throws Exception {
    Summary summary =
        run(
            false,
            (settings, path, out) -> {
              if (settings.seed() == 3) {
                throw new IOException("no space left");
              }
              return Run.run(settings, path, out);
            });

    assertThat(summary.isClean()).isFalse();
    assertThat(summary.bad())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.FAILED);
              assertThat(outcome.bad().toString()).contains("no space left");
            });
    assertThat(summary.ended()).isEqualTo(4);
  }

  @Test
  void interruptedItTellsWhatWasRunAndIsNotCleanForTheRest() throws Exception {
    Summary summary =
        run(
            false,
            (settings, path, out) -> {
              RunResult result = Run.run(settings, path, out);
              if (settings.seed() == 2) {
                Thread.currentThread().interrupt();
              }
              return result;
            });

    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(summary.outcomes())
        .extracting(Outcome::verdict)
        .containsExactly(Outcome.Verdict.CLEAN, Outcome.Verdict.INTERRUPTED);
    assertThat(summary.isClean()).isFalse();
    assertThat(told.toString())
        .endsWith("campaign: not complete   1 of 4 runs clean, 3 not run to their end\n");
    assertThat(written().get("ended").asInt()).isEqualTo(1);
  }
}
