package org.mastership.spec.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mastership.spec.trace.TraceFile.Group;
import tlc2.tool.Action;
import tlc2.tool.EvalException;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import util.Assert.TLCRuntimeException;
import util.SimpleFilenameToStream;
import util.ToolIO;
import util.UniqueString;

/**
 * Follows the transitions of a group through module Trace, with TLC in this process, where only one
 * check can run at a time.
 */
public final class TraceCheck {
  private static final String MODULE = "Trace";

  /** TLC tells which modules it parses; what is wrong comes as an exception. */
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  /**
   * What came of a check.
   *
   * @param followed how many transitions are steps of the specification
   * @param unrecorded how many messages were from the last moments before a crash
   * @param rejected the first transition that is none, and where it is; empty where all are
   * @param reasons in what it differs from what is allowed there
   */
  public record Result(int followed, int unrecorded, String rejected, List<String> reasons) {
    public Result {
      reasons = List.copyOf(reasons);
    }

    /** Whether all transitions are steps of the specification. */
    public boolean holds() {
      return rejected.isEmpty();
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
   * Checks the traces of one run.
   *
   * @param paths one file with the transitions of all servers in the order in which they happened,
   *     or a file of each server
   * @throws IOException if a file is no trace; the message says where
   */
  public Result check(List<Path> paths) throws IOException {
    List<TraceFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(TraceFile.read(path));
      if (!files.get(0).group().equals(files.get(files.size() - 1).group())) {
        throw new IOException(path + " is of another group than " + paths.get(0));
      }
    }
    return follow(new CausalOrder(files), tool(files.get(0).group()));
  }

  private static Result follow(CausalOrder order, FastTool tool) throws IOException {
    States states = new States();
    TLCState state = tool.getInitStates().elementAt(0);
    int followed = 0;
    for (Transition line = order.next(); line != null; line = order.next()) {
      TraceLine.follow(states.complete(line));
      List<TLCState> next = next(tool, state);
      if (next.isEmpty()) {
        TraceLine.explain();
        List<String> reasons = Rejection.reasons(line, shown(next(tool, state)));
        return new Result(followed, order.unrecorded(), line.toString(), reasons);
      }
      state = next.get(0);
      followed++;
    }
    if (followed < order.size()) {
      return new Result(
          followed,
          order.unrecorded(),
          order.waiting().get(0).toString(),
          List.of("nobody has sent this message before"));
    }
    return new Result(followed, order.unrecorded(), "", List.of());
  }

  private FastTool tool(Group group) throws IOException {
    Files.createDirectories(work);
    Files.writeString(work.resolve(MODULE + ".cfg"), configuration(group));
    ToolIO.out = ToolIO.err = QUIET;
    String[] folders = {work.toAbsolutePath().toString(), modules.toAbsolutePath().toString()};
    return new FastTool(folders[0], MODULE, MODULE, new SimpleFilenameToStream(folders));
  }

  private static String configuration(Group group) {
    return String.join(
        "\n",
        "INIT Init",
        "NEXT Next",
        "CONSTANTS",
        "  N = " + group.servers(),
        "  Quorum = " + truth(group.quorum()),
        "  Replicates = " + truth(group.replicates()),
        "  Ahead = " + group.ahead(),
        "  PerMessage = " + group.perMessage(),
        "  Removed = {}",
        "");
  }

  private static String truth(boolean truth) {
    return Boolean.toString(truth).toUpperCase(Locale.ROOT);
  }

  private static List<TLCState> next(FastTool tool, TLCState state) {
    List<TLCState> all = new ArrayList<>();
    for (Action action : tool.getActions()) {
      StateVec next = next(tool, action, state);
      for (int i = 0; i < next.size(); i++) {
        all.add(next.elementAt(i));
      }
    }
    return all;
  }

  /**
   * None where the specification can not be evaluated: it has no such step, since something that
   * the step takes for granted, a write under way for instance, is not there.
   */
  private static StateVec next(FastTool tool, Action action, TLCState state) {
    try {
      return tool.getNextStates(action, state);
    } catch (TLCRuntimeException | EvalException undefined) {
      return new StateVec(0);
    }
  }

  private static List<String> shown(List<TLCState> states) {
    UniqueString shown = UniqueString.uniqueStringOf("shown");
    return states.stream().map(state -> state.lookup(shown).toString()).distinct().toList();
  }
}
