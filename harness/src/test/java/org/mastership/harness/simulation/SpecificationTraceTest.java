package org.mastership.harness.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mastership.core.Guarantee;
import org.mastership.harness.simulation.Settings.Fault;
import org.mastership.spec.Specification;
import org.mastership.spec.trace.TraceCheck;
import org.mastership.spec.trace.TraceCheck.Result;

/** What simulated servers do is what the specification says; a trace that was changed is not. */
class SpecificationTraceTest {
  private static final Specification SPECIFICATION = Specification.in(Path.of("../spec"));
  private static final int ENOUGH = 10_000;
  private static final int EARLY = 100;

  @TempDir private Path folder;

  private Result check(Path... traces) throws IOException {
    return new TraceCheck(SPECIFICATION.modules(), folder.resolve("work")).check(List.of(traces));
  }

  private List<String> trace(long seed, Guarantee guarantee, int servers, long millis)
      throws IOException {
    Settings settings =
        new Settings(seed, guarantee, servers, EnumSet.allOf(Fault.class), millis * Settings.MILLI);
    Path file = folder.resolve("trace");
    try (SpecificationTrace lines = SpecificationTrace.to(file, settings.group())) {
      Simulation.run(settings, lines);
    }
    return new ArrayList<>(Files.readAllLines(file));
  }

  /** The trace of the first seed that has a line with a text, well after the start. */
  private List<String> traceWith(String text, Guarantee guarantee) throws IOException {
    for (long seed = 1; ; seed++) {
      List<String> lines = trace(seed, guarantee, 3, 1_500);
      if (lines.stream().skip(EARLY).anyMatch(line -> line.contains(text))) {
        return lines;
      }
    }
  }

  private Path file(List<String> lines) throws IOException {
    return Files.write(folder.resolve("file"), lines);
  }

  /** The servers of this seed compact their logs. */
  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aRunWithSnapshotsIsABehaviourOfTheSpecification(Guarantee guarantee) throws IOException {
    List<String> lines = trace(5, guarantee, 3, 4_000);

    Result result = check(file(lines));

    assertThat(lines).anyMatch(line -> line.contains("input |-> \"Compacted\""));
    assertThat(result.reasons()).as(result.rejected()).isEmpty();
    assertThat(result.followed()).isEqualTo(lines.size() - 1);
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aRunUnderAllFaultsIsABehaviourOfTheSpecification(Guarantee guarantee) throws IOException {
    List<String> lines = trace(7, guarantee, 5, 8_000);

    long started = System.nanoTime();
    Result result = check(file(lines));

    System.out.printf(
        "%s: %d transitions followed in %d ms%n",
        guarantee, result.followed(), (System.nanoTime() - started) / 1_000_000);
    assertThat(result.reasons()).as(result.rejected()).isEmpty();
    assertThat(result.followed()).isEqualTo(lines.size() - 1).isGreaterThan(ENOUGH);
    assertThat(result.unrecorded()).isZero();
  }

  /** R8, R13: what a server makes of a registration that it believes. */
  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aMasterThatGivesWayToARegistrationIsOneOfTheSpecification(Guarantee guarantee)
      throws IOException {
    List<String> lines = List.of();
    for (long seed = 1; lines.stream().noneMatch(SpecificationTraceTest::believes); seed++) {
      lines = trace(seed, guarantee, 3, 1_500);
    }

    Result result = check(file(lines));

    assertThat(result.reasons()).as(result.rejected()).isEmpty();
    assertThat(result.followed()).isEqualTo(lines.size() - 1);
  }

  private static boolean believes(String line) {
    return line.contains("input |-> \"Registered\"") && line.contains("known |-> ");
  }

  /** The index of the first line with a text, well after the start. */
  private static int find(List<String> lines, String text) {
    int index = EARLY;
    while (!lines.get(index).contains(text)) {
      index++;
    }
    return index;
  }

  private static String replaced(String line, String pattern, String by) {
    Matcher matcher = Pattern.compile(pattern).matcher(line);
    assertThat(matcher.find()).as("'%s' in %s", pattern, line).isTrue();
    return matcher.replaceFirst(by);
  }

  @Test
  void aStateThatTheStepDoesNotLeadToIsRejectedWithWhatIsAllowed() throws IOException {
    List<String> lines = traceWith("\"CLAIMING\"", Guarantee.QUORUM);
    int changed = find(lines, "\"CLAIMING\"");
    lines.set(changed, lines.get(changed).replace("\"CLAIMING\"", "\"MASTER\""));

    Result result = check(file(lines));

    assertThat(result.followed()).isEqualTo(changed - 1);
    assertThat(result.rejected()).contains("line " + (changed + 1) + ": server ");
    assertThat(result.reasons())
        .containsExactly("after it, role: recorded MASTER, allowed CLAIMING");
  }

  @Test
  void aMessageThatIsNotSentIsMissed() throws IOException {
    String replied = "type |-> \"Reply\", valid |-> TRUE], from |-> 1, to |-> 2]}, passed";
    List<String> lines = traceWith(replied, Guarantee.QUORUM);
    int changed = find(lines, replied);
    lines.set(
        changed, replaced(lines.get(changed), "out \\|-> \\{.*?\\}(?=, passed)", "out |-> {}"));

    Result result = check(file(lines));

    assertThat(result.followed()).isEqualTo(changed - 1);
    assertThat(result.reasons()).hasSize(1).first().asString().startsWith("sent: recorded []");
  }

  @Test
  void aMessageThatNobodySentIsRejected() throws IOException {
    String received = "message |-> [body |-> [epoch |-> <<2, ";
    List<String> lines = traceWith(received, Guarantee.QUORUM);
    int claim = find(lines, received);
    lines.set(claim, replaced(lines.get(claim), "message(.*?)<<2, ", "message$1<<99, "));

    Result result = check(file(lines));

    assertThat(result.followed()).isEqualTo(claim - 1);
    assertThat(result.reasons()).containsExactly("nobody has sent this message before");
  }

  @Test
  void aTransitionThatIsLeftOutIsNoticedAtTheNextOneOfItsServer() throws IOException {
    String admits = "input |-> \"Admit\"";
    List<String> lines = traceWith(admits, Guarantee.TIMED);
    int admitted = find(lines, admits);
    lines.remove(admitted);

    Result result = check(file(lines));

    assertThat(result.holds()).isFalse();
    assertThat(result.followed()).isGreaterThanOrEqualTo(admitted - 1);
  }

  @Test
  void aServerThatForgotAStoredEpochIsRejectedWhereItStartsAgain() throws IOException {
    List<String> lines = traceWith("input |-> \"Begin\"", Guarantee.QUORUM);
    int restart = lines.size() - 1;
    while (!lines.get(restart).contains("input |-> \"Begin\"")) {
      restart--;
    }
    lines.set(restart, replaced(lines.get(restart), "highest \\|-> <<\\d+", "highest |-> <<0"));

    Result result = check(file(lines));

    assertThat(result.followed()).isEqualTo(restart - 1);
    assertThat(result.reasons())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("after it, highest: recorded [0, ");
  }

  /** One line of each server in turn would do as well: only what was received orders them. */
  @Test
  void aFileOfEachServerIsAsGoodAsOneOfAll() throws IOException {
    List<String> lines = trace(2, Guarantee.QUORUM, 3, 1_000);
    Path[] files = new Path[3];
    for (int number = 1; number <= files.length; number++) {
      String server = "server |-> " + number + "]";
      List<String> own = new ArrayList<>(List.of(lines.get(0)));
      lines.stream().filter(line -> line.contains(server)).forEach(own::add);
      files[number - 1] = Files.write(folder.resolve("s" + number), own);
    }

    Result together = check(files);
    Result without = check(files[0], files[1]);

    assertThat(together.reasons()).as(together.rejected()).isEmpty();
    assertThat(together.followed()).isGreaterThan(1_000);
    assertThat(without.reasons()).containsExactly("nobody has sent this message before");
  }

  @Test
  void whatIsNoTraceIsRefusedWithItsLine() throws IOException {
    String header = trace(1, Guarantee.QUORUM, 3, 100).get(0);

    assertThatThrownBy(() -> check(file(List.of()))).hasMessageContaining("is empty");
    assertThatThrownBy(() -> check(file(List.of(header))))
        .hasMessageContaining("no transitions, so nothing would be checked");
    assertThatThrownBy(() -> check(file(List.of("a history", "of something else"))))
        .hasMessageContaining("line 1: no header of a trace");
    assertThatThrownBy(() -> check(file(List.of(header, "[server |-> 7, input |-> \"Tick\"]"))))
        .hasMessageContaining("line 2: no transition: no server of the group has number 7");
    assertThatThrownBy(() -> check(file(List.of(header, "[server |-> 1"))))
        .hasMessageContaining("line 2: no transition");
  }
}
