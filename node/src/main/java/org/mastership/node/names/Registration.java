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
