package org.mastership.node.service;

import com.google.protobuf.ByteString;
import org.mastership.node.wire.Entry;
import org.mastership.node.wire.OpenSession;
import org.mastership.node.wire.Request;

/** Payloads of entries of the log. */
final class Entries {
  private Entries() {}

  static ByteString open(long nonce) {
    return Entry.newBuilder()
        .setOpenSession(OpenSession.newBuilder().setNonce(nonce))
        .build()
        .toByteString();
  }

  static ByteString request(long session, long number, long answeredBelow, String operation) {
    return Entry.newBuilder()
        .setRequest(
            Request.newBuilder()
                .setSession(session)
                .setNumber(number)
                .setAnsweredBelow(answeredBelow)
                .setOperation(ByteString.copyFromUtf8(operation)))
        .build()
        .toByteString();
  }
}
