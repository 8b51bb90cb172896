package org.mastership.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.node.recording.Beginning;
import org.mastership.node.recording.Recording;
import org.mastership.node.recording.SpecificationTrace;
import org.mastership.node.recording.TransitionText;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = {
      "Runs a recording of a server's inputs through the protocol again and prints each transition.",
      "A line has: the server's number, its clock in ns, the input, the rules applied, what"
          + " changed in the state, and the effects."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Segments of a recording, from the folder 'recording' of a data folder.")
  private List<Path> files = List.of();

  @ArgGroup private Form form = new Form();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** In what form transitions are printed. */
  private static final class Form {
    @Option(
        names = "--json",
        description = "One JSON object a line, with the whole state after it.")
    private boolean json;

    @Option(
        names = "--specification",
        description = "For 'mastership-spec trace': all segments of one server, from its start on.")
    private boolean specification;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    long count = 0;
    try {
      count = form.specification ? SpecificationTrace.write(files, out) : print(out, err);
    } finally {
      out.flush();
    }
    err.println(count + " transitions");
    return ExitCodes.OK;
  }

  private long print(PrintWriter out, PrintWriter err) throws IOException {
    TransitionText text = form.json ? TransitionText.json() : TransitionText.lines();
    long count = 0;
    for (Path file : files) {
      count += Recording.replay(file, new Printer(file, text, out, err));
    }
    return count;
  }

  /** Prints transitions to one stream, and what is to be known about their files to the other. */
  private record Printer(Path file, TransitionText text, PrintWriter out, PrintWriter err)
      implements Recording.Visitor {
    @Override
    public void begins(GroupConfiguration group, int number, Beginning beginning) {
      err.println(
          switch (beginning) {
            case START -> file + " begins where server " + number + " started";
            case CONTINUED -> file + " continues the recording of server " + number;
            case AFTER_GAP ->
                file + " begins after a gap: inputs of server " + number + " were not recorded";
          });
    }

    @Override
    public void transition(int number, long nowNanos, State before, Input input, Step step) {
      out.println(text.of(number, nowNanos, before, input, step));
    }

    @Override
    public void cutOff() {
      err.println(file + " ends in inputs that a crash cut off; they are left out");
    }
  }
}
