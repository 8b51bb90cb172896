package org.mastership.spec.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import util.SimpleFilenameToStream;
import util.UniqueString;

/** Follows a trace line by line through module Trace, with TLC in this process. */
public final class TraceCheck {
  private static final String MODULE = "Trace";
  private static final int MOST_SHOWN = 3;

  /**
   * What came of a check.
   *
   * @param followed how many transitions are steps of the specification
   * @param all how many there are
   * @param line the first one that is none; empty where all are
   * @param allowed what the specification allows in its place
   */
  public record Result(int followed, int all, String line, List<String> allowed) {
    public Result {
      allowed = List.copyOf(allowed);
    }

    /** Whether the whole trace is a behaviour of the specification. */
    public boolean holds() {
      return followed == all;
    }
  }

  private final Path modules;
  private final Path work;

  /**
   * @param modules the folder of the specification's modules
   * @param work a folder for what TLC reads
   */
  public TraceCheck(Path modules, Path work) {
    this.modules = modules;
    this.work = work;
  }

  /**
   * Checks one file. Only one check runs at a time in a process.
   *
   * @throws IOException if the file is no trace; the message says where
   */
  public Result check(Path file) throws IOException {
    TraceFile trace = TraceFile.read(file);
    TraceLine.use(trace.lines());
    FastTool tool = tool(trace);
    TLCState state = tool.getInitStates().elementAt(0);
    for (int line = 1; line <= trace.lines().size(); line++) {
      List<TLCState> next = next(tool, state);
      if (next.isEmpty()) {
        TraceLine.explain();
        return new Result(
            line - 1, trace.lines().size(), trace.lines().get(line - 1), shown(next(tool, state)));
      }
      state = next.get(0);
    }
    return new Result(trace.lines().size(), trace.lines().size(), "", List.of());
  }

  private FastTool tool(TraceFile trace) throws IOException {
    Files.createDirectories(work);
    Files.writeString(work.resolve(MODULE + ".cfg"), configuration(trace));
    String[] folders = {work.toAbsolutePath().toString(), modules.toAbsolutePath().toString()};
    return new FastTool(folders[0], MODULE, MODULE, new SimpleFilenameToStream(folders));
  }

  private static String configuration(TraceFile trace) {
    return String.join(
        "\n",
        "INIT Init",
        "NEXT Next",
        "CONSTANTS",
        "  N = " + trace.servers(),
        "  Quorum = " + truth(trace.quorum()),
        "  Replicates = " + truth(trace.replicates()),
        "  Ahead = " + trace.ahead(),
        "  PerMessage = " + trace.perMessage(),
        "  Removed = {}",
        "");
  }

  private static String truth(boolean truth) {
    return Boolean.toString(truth).toUpperCase(Locale.ROOT);
  }

  private static List<TLCState> next(FastTool tool, TLCState state) {
    List<TLCState> all = new ArrayList<>();
    for (Action action : tool.getActions()) {
      StateVec next = tool.getNextStates(action, state);
      for (int i = 0; i < next.size(); i++) {
        all.add(next.elementAt(i));
      }
    }
    return all;
  }

  private static List<String> shown(List<TLCState> states) {
    return states.stream()
        .map(state -> state.lookup(UniqueString.uniqueStringOf("shown")).toString())
        .distinct()
        .limit(MOST_SHOWN)
        .toList();
  }
}
