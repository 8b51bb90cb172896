package org.mastership.node.client;

/**
 * The group no longer knows this client's session: it was the least recently used of too many, or
 * the group has discarded it after a partition under the guarantee {@code TIMED}. <b>Whether the
 * operation was executed is unknown.</b> The next request opens a new session.
 */
public final class SessionExpiredException extends ClientException {
  private static final long serialVersionUID = 1;

  SessionExpiredException(String message) {
    super(message);
  }
}
