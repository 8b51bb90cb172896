package org.mastership.core;

/** What a server is in its group at one moment (claims 7, 8, 16). */
public enum Role {
  /** Follows a master, or has just started and follows nobody yet. */
  BACKUP,
  /** Holds its master for not functional and lets its election timer run (R2). */
  WAITING,
  /** Has asked the others to grant it an epoch; only under {@link Guarantee#QUORUM} (R3). */
  CLAIMING,
  /** Holds the mastership as far as it knows; whether it may act is {@link State#isMaster}. */
  MASTER
}
