package org.mastership.core;

/**
 * What a group promises, and what it pays for it. The two differ in two numbers only: the grants a
 * server needs to become master, and the acknowledgements an entry needs to be committed.
 */
public enum Guarantee {
  /**
   * The protocol of the claims. A server becomes master by its own election timer, so one survivor
   * serves; there is one master as long as delays stay within the configured bound and the network
   * is whole. An entry is committed when every back-up that the master holds functional has it.
   */
  TIMED {
    @Override
    int grantsNeeded(int servers) {
      return 1;
    }
  },
  /**
   * A majority grants each mastership and acknowledges each entry: one master at any instant, and
   * no answered request lost, under any partition, pause, crash and delay.
   */
  QUORUM {
    @Override
    int grantsNeeded(int servers) {
      return servers / 2 + 1;
    }
  };

  /** The servers, the candidate included, that must grant an epoch before its tenure begins. */
  abstract int grantsNeeded(int servers);
}
