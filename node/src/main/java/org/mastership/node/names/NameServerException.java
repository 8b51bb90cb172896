package org.mastership.node.names;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The name server can not be used now; the message says which one, and why. */
public final class NameServerException extends IOException {
  private static final long serialVersionUID = 1;

  NameServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
