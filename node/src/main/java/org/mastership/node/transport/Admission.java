package org.mastership.node.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.Hello;

/**
 * Whether this server talks with who says Hello. A refusal is read on both sides, so it names each
 * and says what to do.
 */
final class Admission {
  private final ServerConfiguration configuration;

  Admission(ServerConfiguration configuration) {
    this.configuration = configuration;
  }

  /** Why a Hello is not accepted; null if it is. */
  @Nullable String refusal(Hello hello) {
    int version = hello.getVersion();
    if (version < Frames.OLDEST_VERSION || version > configuration.wireVersion()) {
      return "the side that connects speaks version "
          + Integer.toUnsignedString(version)
          + " of the wire format, "
          + self()
          + " speaks versions "
          + Frames.OLDEST_VERSION
          + " to "
          + configuration.wireVersion()
          + "; run releases that have one in common";
    }
    return switch (hello.getKind()) {
      case CLIENT -> hello.getGroup().isEmpty() ? null : groupRefusal(hello);
      case PEER, LOAD -> peerRefusal(hello);
      default -> "the Hello says neither that a server connects nor that a client does";
    };
  }

  private @Nullable String peerRefusal(Hello hello) {
    String group = groupRefusal(hello);
    if (group != null) {
      return group;
    }
    int self = configuration.self().number();
    int size = configuration.members().size();
    if (hello.getTo() != self) {
      return "server number "
          + Integer.toUnsignedString(hello.getTo())
          + " is looked for, this is "
          + self()
          + "; list the servers in one order and with the same addresses everywhere";
    }
    if (hello.getFrom() < 1 || hello.getFrom() > size || hello.getFrom() == self) {
      return "the side that connects says that it is server number "
          + Integer.toUnsignedString(hello.getFrom())
          + "; this is "
          + self()
          + " of "
          + size
          + " servers";
    }
    return configurationRefusal(hello);
  }

  private @Nullable String groupRefusal(Hello hello) {
    if (hello.getGroup().equals(configuration.group())) {
      return null;
    }
    return "the side that connects is of group '"
        + Printable.of(hello.getGroup())
        + "', "
        + self()
        + " of group '"
        + configuration.group()
        + "'; check the address and the group's name";
  }

  private @Nullable String configurationRefusal(Hello hello) {
    String own = configuration.fingerprint();
    if (hello.getConfiguration().equals(own)) {
      return null;
    }
    return "the configurations differ: the side that connects has '"
        + Printable.of(difference(hello.getConfiguration(), own))
        + "' where "
        + self()
        + " has '"
        + Printable.of(difference(own, hello.getConfiguration()))
        + "'; all servers of a group need the same";
  }

  private String self() {
    return "server " + configuration.name() + " (number " + configuration.self().number() + ")";
  }

  /**
   * What {@code text} has between the words with which both begin and those with which both end.
   */
  static String difference(String text, String other) {
    List<String> words = List.of(text.split(" ", -1));
    List<String> others = List.of(other.split(" ", -1));
    int shorter = Math.min(words.size(), others.size());
    int begin = 0;
    while (begin < shorter && words.get(begin).equals(others.get(begin))) {
      begin++;
    }
    int same = 0;
    while (same < shorter - begin
        && words.get(words.size() - 1 - same).equals(others.get(others.size() - 1 - same))) {
      same++;
    }
    return String.join(" ", words.subList(begin, words.size() - same));
  }
}
