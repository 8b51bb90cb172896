package org.mastership.node.names;

import org.mastership.core.Epoch;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * A mastership as it stands at a name server.
 *
 * @param epoch the tenure's epoch
 * @param master the master's name
 * @param address where clients reach it
 */
public record Registration(Epoch epoch, String master, Address address) {
  /** The most characters of {@link #text()} that are read. */
  static final int MOST_CHARACTERS = 1024;

  private static final int PARTS = 3;

  /** No group gets there; a forged round near the end of all rounds would leave none above it. */
  private static final long HIGHEST_ROUND = 1L << 48;

  public Registration {
    boolean isLine = (master + address).chars().noneMatch(Character::isISOControl);
    if (epoch.round() < 1 || epoch.round() > HIGHEST_ROUND || master.isBlank() || !isLine) {
      throw new IllegalArgumentException(
          "no registration: it needs an epoch from 1 to " + HIGHEST_ROUND + " and a name");
    }
  }

  /** As one line: the epoch's token, the address and the name, with blanks between them. */
  String text() {
    return epoch.token() + " " + address + " " + master;
  }

  /**
   * Reads what {@link #text()} writes.
   *
   * @throws IllegalArgumentException if it is not that
   */
  static Registration parse(String text) {
    String[] parts = text.strip().split(" ", PARTS);
    if (text.length() > MOST_CHARACTERS || parts.length < PARTS) {
      throw new IllegalArgumentException("not a registration: epoch, address and name");
    }
    Epoch epoch = Epoch.ofToken(Long.parseLong(parts[0]));
    return new Registration(epoch, parts[2], Address.parse(parts[1]));
  }
}
