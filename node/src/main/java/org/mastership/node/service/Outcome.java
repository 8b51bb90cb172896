package org.mastership.node.service;

import com.google.protobuf.ByteString;
import org.mastership.node.wire.Rejected;
import org.mastership.node.wire.Result;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.SessionOpened;

/** What became of an entry of the log, or of a query: the same on every server. */
public sealed interface Outcome {
  /**
   * The answer to the client's message.
   *
   * @param id of the message that is answered
   */
  ServerMessage answer(long id);

  /** The first entry of a tenure: nobody asked for it. */
  record Nothing() implements Outcome {
    @Override
    public ServerMessage answer(long id) {
      throw new IllegalStateException("the first entry of a tenure has no client to answer");
    }
  }

  /**
   * A session is open.
   *
   * @param session its id, never 0
   */
  record Opened(long session) implements Outcome {
    @Override
    public ServerMessage answer(long id) {
      SessionOpened opened = SessionOpened.newBuilder().setSession(session).build();
      return ServerMessage.newBuilder().setId(id).setSessionOpened(opened).build();
    }
  }

  /** The request was executed, by this entry or an earlier one with the same session and number. */
  record Executed(ByteString result) implements Outcome {
    @Override
    public ServerMessage answer(long id) {
      Result answer = Result.newBuilder().setResult(result).build();
      return ServerMessage.newBuilder().setId(id).setResult(answer).build();
    }
  }

  /**
   * There is no result. Only after {@link Rejected.Reason#FAILED} has the service seen the request.
   *
   * @param reason for programs
   * @param text for people; never the text of an exception, which may differ between servers
   */
  record Refused(Rejected.Reason reason, String text) implements Outcome {
    static final Refused FAILED =
        new Refused(
            Rejected.Reason.FAILED,
            "the service failed on this request; the server's log has the exception");
    static final Refused EXPIRED =
        new Refused(
            Rejected.Reason.SESSION_EXPIRED,
            "the session is unknown here: many others were used since, or it never was opened");
    static final Refused FORGOTTEN =
        new Refused(
            Rejected.Reason.BAD_REQUEST,
            "the result is forgotten: the client said that it has the answer");
    static final Refused MALFORMED =
        new Refused(Rejected.Reason.BAD_REQUEST, "the entry is not one of the client protocol");
    static final Refused CROWDED =
        new Refused(
            Rejected.Reason.BUSY,
            "the session has too many results whose receipt the client has not confirmed");

    @Override
    public ServerMessage answer(long id) {
      Rejected rejected = Rejected.newBuilder().setReason(reason).setText(text).build();
      return ServerMessage.newBuilder().setId(id).setRejected(rejected).build();
    }
  }
}
