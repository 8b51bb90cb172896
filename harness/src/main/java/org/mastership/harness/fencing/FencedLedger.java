package org.mastership.harness.fencing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a resource outside of a group does with writes: it refuses one whose fencing token is lower
 * than one that it has seen, and writes down what it accepted and refused. Safe for use by any
 * thread.
 */
public final class FencedLedger implements AutoCloseable {
  private final ObjectMapper mapper = new ObjectMapper();
  private final BufferedWriter out;
  private final LongSupplier clock;
  private final Map<Long, Integer> holders = new HashMap<>();
  private Optional<String> problem = Optional.empty();
  private long highest;
  private long accepted;
  private long refused;

  /**
   * What the resource has seen.
   *
   * @param accepted writes that it took
   * @param refused writes that came with a lower token than one it had seen
   * @param tokens how many different tokens it took
   * @param problem what tokens never do, if they did: one token was used by two servers
   */
  public record Seen(long accepted, long refused, int tokens, Optional<String> problem) {}

  /**
   * A resource that has seen nothing.
   *
   * @param file for what it accepts and refuses, JSON lines
   * @param clock ns since the run began
   * @throws IOException if the file can not be written
   */
  public FencedLedger(Path file, LongSupplier clock) throws IOException {
    this.out = Files.newBufferedWriter(file);
    this.clock = clock;
  }

  /**
   * A server writes.
   *
   * @return whether the write was accepted
   * @throws IOException if the file can not be written
   */
  public synchronized boolean write(int server, long token) throws IOException {
    boolean isAccepted = token >= highest;
    highest = Math.max(highest, token);
    accepted += isAccepted ? 1 : 0;
    refused += isAccepted ? 0 : 1;
    Integer holder = holders.putIfAbsent(token, server);
    if (holder != null && holder != server && problem.isEmpty()) {
      problem =
          Optional.of("servers s" + holder + " and s" + server + " both wrote with token " + token);
    }
    out.write(
        mapper
            .createObjectNode()
            .put("server", server)
            .put("epoch", token)
            .put("type", isAccepted ? "accepted" : "refused")
            .put("highest", highest)
            .put("time", clock.getAsLong())
            .toString());
    out.newLine();
    out.flush();
    return isAccepted;
  }

  /** What it has seen so far. */
  public synchronized Seen seen() {
    return new Seen(accepted, refused, holders.size(), problem);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
