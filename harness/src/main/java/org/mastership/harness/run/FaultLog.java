package org.mastership.harness.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The faults of a run, written to a file as they begin and end. Safe for use by any thread. */
final class FaultLog implements AutoCloseable {
  private final ObjectMapper mapper = new ObjectMapper();
  private final BufferedWriter out;
  private final LongSupplier clock;
  private final List<Fault> faults = new ArrayList<>();

  /**
   * Begins a file.
   *
   * @param clock ns since the run began
   */
  FaultLog(Path file, LongSupplier clock) throws IOException {
    this.out = Files.newBufferedWriter(file);
    this.clock = clock;
  }

  /** Ns since the run began. */
  long now() {
    return clock.getAsLong();
  }

  /**
   * A fault is in force.
   *
   * @param beginNanos since when
   */
  synchronized Fault begins(FaultKind kind, List<Integer> servers, String text, long beginNanos)
      throws IOException {
    Fault fault = new Fault(faults.size() + 1, kind, servers, text, beginNanos, Fault.NOT_ENDED);
    faults.add(fault);
    ObjectNode line = line(fault, "begins", fault.beginNanos());
    line.put("kind", kind.toString());
    servers.forEach(line.putArray("servers")::add);
    line.put("text", text);
    write(line);
    return fault;
  }

  /** It is no more. */
  synchronized void ends(Fault fault) throws IOException {
    long now = clock.getAsLong();
    faults.set(fault.number() - 1, fault.ended(now));
    write(line(fault, "ends", now));
  }

  private ObjectNode line(Fault fault, String type, long nanos) {
    return mapper
        .createObjectNode()
        .put("fault", fault.number())
        .put("type", type)
        .put("time", nanos);
  }

  private void write(ObjectNode line) throws IOException {
    out.write(line.toString());
    out.newLine();
    out.flush();
  }

  /** All so far. */
  synchronized List<Fault> all() {
    return List.copyOf(faults);
  }

  /** Those in force, for people. */
  synchronized String inForce() {
    StringBuilder text = new StringBuilder();
    for (Fault fault : faults) {
      if (fault.endNanos() == Fault.NOT_ENDED) {
        text.append("   ").append(fault.kind()).append(' ').append(fault.text());
      }
    }
    return text.toString();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
