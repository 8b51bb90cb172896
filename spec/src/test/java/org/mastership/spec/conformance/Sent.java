package org.mastership.spec.conformance;

import org.mastership.core.Message;
import org.mastership.core.trace.MessageView;
import org.mastership.core.trace.Tla;

/** A message under way. */
record Sent(int from, int to, Message message, String text) {
  Sent(int from, int to, Message message) {
    this(
        from,
        to,
        message,
        Tla.text(Tla.fields("from", from, "to", to, "body", MessageView.of(message))));
  }
}
