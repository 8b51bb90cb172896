package org.mastership.harness.simulation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.core.trace.TraceLines;

/** Writes the transitions of a run to a file, to be checked against the specification. */
final class SpecificationTrace implements Simulation.Trace, AutoCloseable {
  private final BufferedWriter file;
  private final GroupConfiguration group;
  private final Map<Integer, TraceLines> servers = new TreeMap<>();

  private SpecificationTrace(BufferedWriter file, GroupConfiguration group) {
    this.file = file;
    this.group = group;
  }

  static SpecificationTrace to(Path path, GroupConfiguration group) throws IOException {
    SpecificationTrace trace = new SpecificationTrace(Files.newBufferedWriter(path), group);
    trace.write(TraceLines.header(group, true));
    return trace;
  }

  @Override
  public void transition(
      long atNanos, long localNanos, int server, State before, Input input, Step step) {
    TraceLines lines =
        servers.computeIfAbsent(server, number -> new TraceLines(group, number, true));
    lines.of(before, localNanos, input, step).forEach(this::write);
  }

  private void write(String line) {
    try {
      file.write(line);
      file.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
