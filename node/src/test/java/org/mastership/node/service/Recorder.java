package org.mastership.node.service;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/** A service that remembers what it executed; the result says as how manyth. Fails when told to. */
final class Recorder implements ReplicatedService {
  static final String FAIL = "fail";

  final List<String> executed = new ArrayList<>();

  @Override
  public ByteString execute(ByteString request) {
    executed.add(request.toStringUtf8());
    if (request.toStringUtf8().equals(FAIL)) {
      throw new IllegalStateException("told to fail");
    }
    return ByteString.copyFromUtf8(request.toStringUtf8() + " as " + executed.size());
  }

  @Override
  public ByteString query(ByteString request) {
    if (request.toStringUtf8().equals(FAIL)) {
      throw new IllegalStateException("told to fail");
    }
    return snapshot();
  }

  @Override
  public ByteString snapshot() {
    return ByteString.copyFromUtf8(String.join(",", executed));
  }

  @Override
  public void restore(ByteString snapshot) {
    executed.clear();
    if (!snapshot.isEmpty()) {
      executed.addAll(List.of(snapshot.toStringUtf8().split(",", -1)));
    }
  }
}
