package org.mastership.core;

/** The rules of the protocol, as a step names those that it applied. */
public enum Rule {
  /** R1 (claims 4, 5, 24, 25): a back-up inquires of its master, and the master replies. */
  INQUIRE,
  /** R1: an inquiry was answered. */
  REPLY,
  /** R2 (claims 7, 9): the master is not functional; the election timer starts. */
  WAIT,
  /** R3 (claim 8): the election timer ran out, or a claim that had to wait is made again. */
  CLAIM,
  /** R4: an epoch is granted to another server. */
  GRANT,
  /** R4: a claim waits for this server's promise to end. */
  KEEP_CLAIM,
  /** R4: a claim or a declaration is refused or answered with a better mastership. */
  REFUSE,
  /** R4: a claimer with a majority grants itself. */
  GRANT_ITSELF,
  /** R4: a claim is given up. */
  GIVE_UP,
  /** R3 to R6: the server becomes master and says so. */
  BECOME_MASTER,
  /** R5 (claims 15 to 18, 22): a mastership is acknowledged. */
  ACKNOWLEDGE,
  /** R6 (claims 18, 19, 23): a master that won a comparison revokes the other. */
  REVOKE,
  /** R7: echoes moved the lease. */
  RENEW_LEASE,
  /** R7: the lease lapsed. */
  LAPSE,
  /** R8: a silent server is sent the mastership again. */
  ANNOUNCE,
  /** R9: a master claims above a granted epoch. */
  RECLAIM,
  /** R10: a mastership is handed over in good order. */
  RESIGN,
  /** R11: a round trip to another server is measured. */
  MEASURE,
  /** Claims 20, 21: the servers' indexes follow from what they are rated. */
  RANK,
  /** R12: a server that has started asks for the master. */
  ASK,
  /** R8, R13 (claim 27): the name server has a mastership above all that the server knows. */
  LOOK_UP,
  /** Requests: a new master brings its log up to date. */
  CATCH_UP,
  /** Requests: the first entry of a tenure is appended. */
  OPEN_TENURE,
  /** Requests: clients' requests are given positions. */
  ADMIT,
  /** Requests: entries are accepted from the master. */
  ACCEPT,
  /** Requests: entries that conflict with the master's are cut. */
  CUT,
  /** Requests: more entries are committed. */
  COMMIT,
  /** Requests: a snapshot stands for entries from now on. */
  COMPACT,
  /** Requests: clients may be answered. */
  ANSWER,
  /** Requests: a server whose results differ is fenced. */
  FENCE
}
