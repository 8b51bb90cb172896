package org.mastership.core;

/** How the election delay is computed from the maximum communication delays (R11). */
public enum DelayFormula {
  /**
   * The formula of claims 10 to 13: a base, and for each preferred back-up the longest delay from
   * it to this back-up or a less preferred one. With unequal delays two back-ups can have the same
   * election delay.
   */
  CLAIMS,
  /**
   * Each back-up waits until it has heard every preferred one that fired, and no longer. It grows
   * with the index, always.
   */
  TIGHT
}
