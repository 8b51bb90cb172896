package org.mastership.harness.containers;

/**
 * What is wrong with the network from one server to another, in this direction alone.
 *
 * @param cut whether no packet arrives
 * @param loss the share of packets that are lost, 0 to 1
 * @param relayed whether what the sender sends goes by its machine's relay, which delays it
 */
record LinkFaults(boolean cut, double loss, boolean relayed) {
  static final LinkFaults NONE = new LinkFaults(false, 0, false);

  LinkFaults {
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("a share of packets must be 0 to 1, not " + loss);
    }
  }

  LinkFaults withCut(boolean other) {
    return new LinkFaults(other, loss, relayed);
  }

  LinkFaults withLoss(double other) {
    return new LinkFaults(cut, other, relayed);
  }

  LinkFaults withRelayed(boolean other) {
    return new LinkFaults(cut, loss, other);
  }
}
