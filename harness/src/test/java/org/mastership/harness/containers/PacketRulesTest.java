package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The text that the kernel's rules are set from. */
class PacketRulesTest {
  private static final String WITHOUT_FAULTS =
      """
      *filter
      :FAULTS-IN - [0:0]
      :FAULTS-OUT - [0:0]
      COMMIT
      *nat
      :FAULTS-TURN - [0:0]
      COMMIT
      """;

  @Test
  void healingEmptiesTheChains() {
    PacketRules rules =
        new PacketRules()
            .from("10.0.0.1", LinkFaults.NONE)
            .to("10.0.0.1", 7100, 7201, LinkFaults.NONE);

    assertThat(rules.text()).isEqualTo(WITHOUT_FAULTS);
  }

  @Test
  void cutAndLossAreBroughtAboutWhereThePacketsArrive() {
    String text =
        new PacketRules()
            .from("10.0.0.1", LinkFaults.NONE.withCut(true).withLoss(0.5))
            .from("10.0.0.2", LinkFaults.NONE.withLoss(0.25))
            .to("10.0.0.3", 7100, 7203, LinkFaults.NONE.withCut(true))
            .text();

    assertThat(text.lines().filter(line -> line.startsWith("-A")))
        .containsExactly(
            "-A FAULTS-IN -s 10.0.0.1 -j DROP",
            "-A FAULTS-IN -s 10.0.0.2 -m statistic --mode random --probability 0.250000 -j DROP");
  }

  @Test
  void aDelayTurnsNewConnectionsToTheRelayAndBreaksOldOnes() {
    String text =
        new PacketRules().to("10.0.0.3", 7100, 7203, LinkFaults.NONE.withRelayed(true)).text();

    assertThat(text.lines().filter(line -> line.startsWith("-A")))
        .containsExactly(
            "-A FAULTS-OUT -d 10.0.0.3 -p tcp --dport 7100 -m owner --uid-owner 10001"
                + " -j REJECT --reject-with tcp-reset",
            "-A FAULTS-TURN -d 10.0.0.3 -p tcp --dport 7100 -m owner --uid-owner 10001"
                + " -j REDIRECT --to-ports 7203");
  }

  @Test
  void aShareOfPacketsIsAtMostAll() {
    assertThatIllegalArgumentException().isThrownBy(() -> LinkFaults.NONE.withLoss(1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> LinkFaults.NONE.withLoss(Double.NaN));
  }
}
