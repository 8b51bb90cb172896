package org.mastership.node.client;

import org.mastership.node.wire.Rejected;

/** The operation was refused for what it is; to try it again does not help. */
public final class RequestRejectedException extends ClientException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** The operation has more bytes than the group takes. It was not executed. */
    TOO_LARGE,
    /** The server does not understand the message: client and server do not fit. Not executed. */
    BAD_REQUEST,
    /** The service failed while it executed the operation, the same on every server. */
    FAILED,
    /** The master could not hand over in time, and is still master. */
    NOT_HANDED_OVER
  }

  private final Reason reason;

  RequestRejectedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static RequestRejectedException of(Rejected rejected) {
    Reason reason =
        switch (rejected.getReason()) {
          case TOO_LARGE -> Reason.TOO_LARGE;
          case FAILED -> Reason.FAILED;
          case NOT_HANDED_OVER -> Reason.NOT_HANDED_OVER;
          default -> Reason.BAD_REQUEST;
        };
    return new RequestRejectedException(reason, rejected.getText());
  }

  /** What is wrong, for programs. */
  public Reason reason() {
    return reason;
  }
}
