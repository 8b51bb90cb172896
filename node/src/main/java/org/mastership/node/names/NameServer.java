package org.mastership.node.names;

import java.util.Optional;

/**
 * One group's entry at a name server. Calls block for a few seconds at most: never call them on an
 * event loop. Safe for use by any thread.
 */
public interface NameServer {
  /**
   * Who is registered as master.
   *
   * @throws NameServerException if the name server can not be asked, or its answer is not
   *     understood
   */
  Optional<Registration> lookUp() throws NameServerException;

  /**
   * Registers a master, unless one of a higher epoch is registered (compare and set). Registering
   * the same again renews it.
   *
   * @return what is registered after it: the one given, or the one that is above it
   * @throws NameServerException if that is not known; the registration may have taken effect
   */
  Registration publish(Registration registration) throws NameServerException;
}
