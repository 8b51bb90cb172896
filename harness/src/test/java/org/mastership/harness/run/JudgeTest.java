package org.mastership.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Guarantee;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.history.Operation;
import org.mastership.harness.workload.Kind;

/** What is held against a group, and what its guarantee does not promise. */
class JudgeTest {
  private static final List<Observation> TWO_MASTERS = twoMasters(100);

  @TempDir private Path folder;

  private static RunSettings settings(Guarantee guarantee, FaultKind fault) {
    return new RunSettings(
        Ground.PROCESSES,
        3,
        guarantee,
        Set.of(Kind.REGISTERS),
        Set.of(fault),
        Duration.ofSeconds(1),
        1,
        1);
  }

  private static Judge judge(Guarantee guarantee, FaultKind kind, long beginNanos) {
    Fault fault = new Fault(1, kind, List.of(1), "s1", beginNanos, 200);
    return new Judge(settings(guarantee, kind), List.of(fault), 0);
  }

  @Test
  void twoMastersAreNeverRightUnderQuorum() {
    Finding finding = judge(Guarantee.QUORUM, FaultKind.HALVES, 50).masterships(TWO_MASTERS);

    assertThat(finding.isGood()).isFalse();
    assertThat(finding.verdict()).isEqualTo("not linearizable");
    assertThat(finding.explanation()).hasSize(2);
  }

  @Test
  void underTimedAPartitionThatHadBegunExplainsThem() {
    assertThat(judge(Guarantee.TIMED, FaultKind.HALVES, 50).masterships(TWO_MASTERS).isGood())
        .isTrue();
    assertThat(judge(Guarantee.TIMED, FaultKind.HALVES, 125).masterships(TWO_MASTERS).isGood())
        .as("the partition began after the second was seen")
        .isFalse();
  }

  /** It lasted 150 ns; whatever came of it is over some seconds later. */
  @Test
  void underTimedAPartitionThatWasOverLongBeforeExplainsNothing() {
    Judge judge = judge(Guarantee.TIMED, FaultKind.HALVES, 50);

    assertThat(judge.masterships(twoMasters(1_000_000_000)).isGood()).isTrue();
    assertThat(judge.masterships(twoMasters(5_000_000_000L)).isGood()).isFalse();
  }

  @Test
  void underTimedALaterContradictionIsNotExcusedByWhatExplainsTheFirst() {
    Judge judge = judge(Guarantee.TIMED, FaultKind.HALVES, 50);
    List<Observation> twice = new ArrayList<>(TWO_MASTERS);
    twice.add(new Observation("s1", 9_000_000_000L, 9_000_000_010L, 9));
    twice.add(new Observation("s2", 9_000_000_020L, 9_000_000_030L, 4));

    Finding finding = judge.masterships(twice);

    assertThat(finding.isGood()).isFalse();
    assertThat(finding.explanation()).last().asString().contains("9000000020");
  }

  @Test
  void nothingExplainsTwoHoldersOfOneEpoch() {
    List<Observation> holders =
        List.of(new Observation("s1", 100, 110, 9), new Observation("s2", 120, 130, 9));

    assertThat(judge(Guarantee.TIMED, FaultKind.HALVES, 50).masterships(holders).isGood())
        .isFalse();
  }

  private static List<Observation> twoMasters(long nanos) {
    return List.of(
        new Observation("s1", nanos, nanos + 10, 9),
        new Observation("s2", nanos + 20, nanos + 30, 4));
  }

  @Test
  void underTimedAnAnswerThatWasLostInAPartitionMayBeMissedAtAnyTime() {
    Judge judge = judge(Guarantee.TIMED, FaultKind.HALVES, 50);

    assertThat(lost(judge, 100).isGood()).isTrue();
    assertThat(lost(judge, 9_000_000_000L).isGood()).isFalse();
  }

  /** What was put at a time is not there at the tenth second. */
  private static Finding lost(Judge judge, long putNanos) {
    Operation put =
        new Operation(
            1, "put", "register-1", TextNode.valueOf("a"), NullNode.getInstance(), 1, 2, putNanos);
    Operation get =
        new Operation(
            1,
            "get",
            "register-1",
            NullNode.getInstance(),
            NullNode.getInstance(),
            3,
            4,
            10_000_000_000L);
    return judge.workload("registers", KnownModel.SERVICE, Map.of("register-1", List.of(put, get)));
  }

  @Test
  void underTimedACrashExplainsNothingAndAHandOverNeither() {
    assertThat(judge(Guarantee.TIMED, FaultKind.CRASH, 50).masterships(TWO_MASTERS).isGood())
        .isFalse();
    assertThat(judge(Guarantee.TIMED, FaultKind.HAND_OVER, 50).masterships(TWO_MASTERS).isGood())
        .isFalse();
  }

  @Test
  void underTimedACrashWhileAnotherServerIsDownExplainsAnAnswerThatIsLost() {
    Fault first = new Fault(1, FaultKind.CRASH, List.of(1), "s1", 50, 70);
    Fault ofAnother = new Fault(2, FaultKind.CRASH, List.of(2), "s2", 60, 90);
    Fault ofTheSame = new Fault(2, FaultKind.CRASH, List.of(1), "s1", 60, 90);
    RunSettings timed = settings(Guarantee.TIMED, FaultKind.CRASH);
    RunSettings quorum = settings(Guarantee.QUORUM, FaultKind.CRASH);

    assertThat(new Judge(timed, List.of(first, ofAnother), 0).masterships(TWO_MASTERS).isGood())
        .isTrue();
    assertThat(new Judge(timed, List.of(first, ofTheSame), 0).masterships(TWO_MASTERS).isGood())
        .isFalse();
    assertThat(new Judge(quorum, List.of(first, ofAnother), 0).masterships(TWO_MASTERS).isGood())
        .isFalse();
  }

  @Test
  void aStaleReadIsFoundWithTheOperationsThatShowIt() throws Exception {
    Path history = folder.resolve("history");
    try (HistoryWriter writer = new HistoryWriter(history)) {
      writer.invoke(1, "put", "register-1", TextNode.valueOf("a"));
      writer.ok(1, "put", "register-1", NullNode.getInstance());
      writer.invoke(2, "get", "register-1", NullNode.getInstance());
      writer.ok(2, "get", "register-1", NullNode.getInstance());
    }

    List<Finding> findings = judge(Guarantee.QUORUM, FaultKind.CRASH, 0).workloads(history);

    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).isGood()).isFalse();
    assertThat(findings.get(0).sentence()).startsWith("key register-1: ");
    assertThat(findings.get(0).explanation()).hasSize(2);
  }

  @Test
  void aRunInWhichNobodyWasAnsweredShowsNothing() throws Exception {
    Path history = folder.resolve("history");
    try (HistoryWriter writer = new HistoryWriter(history)) {
      writer.invoke(1, "put", "counter-1", NullNode.getInstance());
    }

    assertThat(judge(Guarantee.QUORUM, FaultKind.CRASH, 0).workloads(history))
        .allMatch(finding -> !finding.isGood());
  }

  @Test
  void whatAGroundCanNotDoIsRefusedAtTheBeginning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Guarantee.QUORUM, FaultKind.FULL_DISK))
        .withMessageContaining("on the ground processes there is no fault full-disk, only [crash,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Guarantee.QUORUM, FaultKind.RING))
        .withMessage("the fault ring needs 5 servers or more");
  }

  /** It may have been ended before any client was answered. */
  @Test
  void aRunThatWasInterruptedNeedNotShowAnything() {
    RunSettings settings = settings(Guarantee.QUORUM, FaultKind.CRASH);
    Judge ended = new Judge(settings, List.of(), 0);
    Judge interrupted = new Judge(settings, List.of(), 0, false);

    assertThat(ended.workload("registers", KnownModel.SERVICE, Map.of()).isGood()).isFalse();
    assertThat(interrupted.workload("registers", KnownModel.SERVICE, Map.of()).isGood()).isTrue();
  }
}
