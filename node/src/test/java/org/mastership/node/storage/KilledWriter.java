package org.mastership.node.storage;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import org.mastership.core.Run;

/** A process that appends entries until it is killed, and prints each ticket that is persisted. */
final class KilledWriter {
  private static final int AHEAD = 64;

  private KilledWriter() {}

  public static void main(String[] arguments) throws Exception {
    RocksStorage storage = StoredLog.open(Path.of(arguments[0]));
    Object acknowledged = new Object();
    long[] persisted = new long[1];
    GroupCommit commit =
        new GroupCommit(
            storage,
            () -> {},
            ticket -> {
              System.out.println(ticket);
              synchronized (acknowledged) {
                persisted[0] = ticket;
                acknowledged.notifyAll();
              }
            },
            failure -> System.exit(1));
    for (long ticket = 1; ticket > 0; ticket++) {
      synchronized (acknowledged) {
        while (ticket - persisted[0] > AHEAD) {
          acknowledged.wait();
        }
      }
      commit.append(
          ticket,
          new Run(StoredLog.FIRST, ticket, ticket),
          List.of(ByteString.copyFromUtf8(String.valueOf(ticket))));
    }
  }
}
