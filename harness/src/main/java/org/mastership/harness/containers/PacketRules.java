package org.mastership.harness.containers;

import java.util.Locale;

/**
 * The packet rules of one server's machine, as {@code iptables-restore} takes them. They are
 * replaced all at once. They stand in chains of their own: the engine has rules there, too.
 */
final class PacketRules {
  /** Run once: the chains, and the way into them. */
  static final String CHAINS =
      """
      *filter
      :FAULTS-IN - [0:0]
      :FAULTS-OUT - [0:0]
      -A INPUT -j FAULTS-IN
      -A OUTPUT -j FAULTS-OUT
      COMMIT
      *nat
      :FAULTS-TURN - [0:0]
      -A OUTPUT -j FAULTS-TURN
      COMMIT
      """;

  /** The user of the image, whose connections are turned to the relay; the relay's are not. */
  private static final int SERVER_USER = 10_001;

  private final StringBuilder filter = new StringBuilder();
  private final StringBuilder turn = new StringBuilder();

  /** Rules for what comes from a peer. */
  PacketRules from(String peer, LinkFaults faults) {
    if (faults.cut()) {
      filter.append("-A FAULTS-IN -s ").append(peer).append(" -j DROP\n");
    } else if (faults.loss() > 0) {
      filter.append(
          String.format(
              Locale.ROOT,
              "-A FAULTS-IN -s %s -m statistic --mode random --probability %.6f -j DROP%n",
              peer,
              faults.loss()));
    }
    return this;
  }

  /**
   * Rules for what goes to a peer. New connections are turned to the relay; one that is there does
   * not go by it, so it is broken.
   */
  PacketRules to(String peer, int port, int relayPort, LinkFaults faults) {
    if (faults.relayed()) {
      String which =
          " -d " + peer + " -p tcp --dport " + port + " -m owner --uid-owner " + SERVER_USER;
      filter.append("-A FAULTS-OUT").append(which).append(" -j REJECT --reject-with tcp-reset\n");
      turn.append("-A FAULTS-TURN").append(which);
      turn.append(" -j REDIRECT --to-ports ").append(relayPort).append('\n');
    }
    return this;
  }

  String text() {
    return "*filter\n:FAULTS-IN - [0:0]\n:FAULTS-OUT - [0:0]\n"
        + filter
        + "COMMIT\n*nat\n:FAULTS-TURN - [0:0]\n"
        + turn
        + "COMMIT\n";
  }
}
