package org.mastership.core;

/** What holds of every state and every step; checked always. */
final class Invariants {
  private Invariants() {}

  static void check(GroupConfiguration group, int self, State before, State after) {
    checkEpochs(self, before, after);
    checkRole(self, after);
    checkLog(self, after);
    if (group.guarantee() == Guarantee.QUORUM && after.committed() < before.committed()) {
      throw broken(self, after, "a committed entry was cut");
    }
  }

  private static void checkEpochs(int self, State before, State after) {
    if (before.highest().isAbove(after.highest())) {
      throw broken(self, after, "the highest epoch fell from " + before.highest());
    }
    if (after.highest().isAbove(after.seen())
        || after.mastership().epoch().isAbove(after.highest())) {
      throw broken(self, after, "epochs are out of order");
    }
  }

  private static void checkRole(int self, State after) {
    boolean master = after.role() == Role.MASTER;
    if (master != (after.tenure() != null) || (master && after.mastership().master() != self)) {
      throw broken(self, after, "a tenure without the role of master, or the other way round");
    }
    if (after.role() == Role.CLAIMING && after.candidacy() == null) {
      throw broken(self, after, "claiming without a claim");
    }
  }

  private static void checkLog(int self, State after) {
    long last = after.log().lastSequence();
    if (after.committed() > last
        || after.floor() > last
        || after.executed() > after.committed()
        || after.storage().stable() > last) {
      throw broken(self, after, "the log ends before what was made of it");
    }
    if (after.storage().persisted() > after.storage().issued()) {
      throw broken(self, after, "more is persisted than was issued");
    }
  }

  private static IllegalStateException broken(int self, State state, String what) {
    return new IllegalStateException(
        "server "
            + self
            + " as "
            + state.role()
            + " in epoch "
            + state.mastership().epoch()
            + " must stop: "
            + what
            + " ("
            + state
            + ")");
  }
}
