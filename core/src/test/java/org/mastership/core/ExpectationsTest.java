package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a configuration promises is held, in whichever moment of a period the master fails. */
class ExpectationsTest {
  private static final long MILLI = TestGroups.MILLI;
  private static final int FIRST_MILLI = 200;

  @Test
  void aMajorityIsNeededUnderQuorumAndOneSurvivorUnderTimed() {
    assertThat(Expectations.of(TestGroups.of(3, Guarantee.QUORUM)).crashesSurvived()).isEqualTo(1);
    assertThat(Expectations.of(TestGroups.of(4, Guarantee.QUORUM)).crashesSurvived()).isEqualTo(1);
    assertThat(Expectations.of(TestGroups.of(3, Guarantee.TIMED)).crashesSurvived()).isEqualTo(2);
  }

  @Test
  void anIdleGroupCostsAnInquiryAndAReplyOfEachBackUpAPeriod() {
    assertThat(Expectations.of(TestGroups.of(3, Guarantee.QUORUM)).messagesPerSecond())
        .isEqualTo(160);
  }

  @Test
  void aFailoverTakesLongerForEachFurtherBackUp() {
    List<Expectations.Failover> failovers =
        Expectations.of(TestGroups.of(3, Guarantee.TIMED)).failovers();

    assertThat(failovers).extracting(Expectations.Failover::number).containsExactly(2, 3);
    assertThat(failovers.get(1).worstNanos() - failovers.get(0).worstNanos()).isEqualTo(45 * MILLI);
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aSilentFailureIsOverWithinTheWorstTime(Guarantee guarantee) {
    GroupConfiguration group = TestGroups.of(3, guarantee);
    long worst = Expectations.of(group).failovers().get(0).worstNanos();

    for (int phase = 0; phase < 25; phase++) {
      TraceGroup servers = serving(group, phase);
      servers.pause(1);
      assertThat(nanosUntilMaster(servers)).as("failure in ms %d", phase).isLessThan(worst);
    }
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aRefusedConnectionIsOverNotBeforeTheBestTime(Guarantee guarantee) {
    GroupConfiguration group = TestGroups.of(3, guarantee);
    Expectations.Failover first = Expectations.of(group).failovers().get(0);

    for (int phase = 0; phase < 25; phase++) {
      TraceGroup servers = serving(group, phase);
      servers.crash(1);
      assertThat(nanosUntilMaster(servers))
          .as("failure in ms %d", phase)
          .isBetween(first.bestNanos(), first.worstNanos());
    }
  }

  private static TraceGroup serving(GroupConfiguration group, int phase) {
    TraceOutput nothing = new TraceOutput();
    nothing.detail(TraceOutput.Detail.NONE);
    TraceGroup servers = new TraceGroup(group, nothing);
    servers.run((FIRST_MILLI + phase) * MILLI);
    assertThat(servers.isMaster(1)).isTrue();
    return servers;
  }

  /** How long until the first back-up is master, in whole milliseconds. */
  private static long nanosUntilMaster(TraceGroup servers) {
    long waited = 0;
    while (!servers.isMaster(2) && waited < 1_000 * MILLI) {
      servers.run(MILLI);
      waited += MILLI;
    }
    return waited;
  }
}
