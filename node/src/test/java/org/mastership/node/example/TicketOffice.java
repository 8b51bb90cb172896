package org.mastership.node.example;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import org.mastership.node.service.ReplicatedService;

/**
 * Sells numbered tickets, each once. A request is how many tickets to sell, the result is the first
 * one's number; a query tells how many are sold. All of them are eight bytes.
 */
public final class TicketOffice implements ReplicatedService {
  private long sold;

  /** An office that has sold nothing yet. */
  public TicketOffice() {}

  /** A number as the service reads and writes it. */
  public static ByteString bytes(long number) {
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  /** The number that {@link #bytes} wrote. */
  public static long number(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().getLong();
  }

  @Override
  public ByteString execute(ByteString request) {
    long first = sold + 1;
    sold += number(request);
    return bytes(first);
  }

  @Override
  public ByteString query(ByteString request) {
    return bytes(sold);
  }

  @Override
  public ByteString snapshot() {
    return bytes(sold);
  }

  @Override
  public void restore(ByteString snapshot) {
    sold = number(snapshot);
  }
}
