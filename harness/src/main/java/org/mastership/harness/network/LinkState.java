package org.mastership.harness.network;

/**
 * What a relay does with what it is given for one direction.
 *
 * @param cut whether it keeps everything
 * @param delay how long it keeps what it passes on
 */
public record LinkState(boolean cut, Delay delay) {
  /** Passes everything on at once. */
  public static final LinkState OPEN = new LinkState(false, Delay.NONE);
}
