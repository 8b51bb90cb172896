package org.mastership.node.recording;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.core.trace.TraceLines;

/** The recording of a server as a trace that can be checked against the specification. */
public final class SpecificationTrace implements Recording.Visitor {
  private final PrintWriter out;
  private Path file = Path.of("");
  private @Nullable TraceLines lines;

  private SpecificationTrace(PrintWriter out) {
    this.out = out;
  }

  /**
   * Writes the trace of one server.
   *
   * @param segments its recording, oldest first, the first one from a start of the server
   * @return how many transitions it has
   * @throws IOException if a segment can not be read, or there is a gap; says which
   */
  public static long write(List<Path> segments, PrintWriter out) throws IOException {
    SpecificationTrace trace = new SpecificationTrace(out);
    long count = 0;
    for (Path segment : segments) {
      trace.file = segment;
      count += Recording.replay(segment, trace);
    }
    return count;
  }

  @Override
  public void begins(GroupConfiguration group, int number, Beginning begins) throws IOException {
    if (begins == Beginning.AFTER_GAP) {
      throw new IOException(
          file + " begins after inputs that were not recorded, so that it can not be followed");
    }
    if (lines == null && begins == Beginning.CONTINUED) {
      throw new IOException(
          file + " continues another segment; name that first, from the server's start on");
    }
    if (lines == null) {
      lines = new TraceLines(group, number, false);
      out.println(TraceLines.header(group, false));
    }
  }

  @Override
  public void transition(int number, long nowNanos, State before, Input input, Step step) {
    if (lines != null) {
      lines.of(before, nowNanos, input, step).forEach(out::println);
    }
  }
}
