package org.mastership.node.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mastership.node.recording.Recording;
import org.mastership.node.recording.TransitionText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = {
      "Runs a recording of a server's inputs through the protocol again and prints each transition.",
      "A line has: the server's number, its clock in ns, the input, the rules applied, the state"
          + " after it, and the effects."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Segments of a recording, from the folder 'recording' of a data folder.")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "One JSON object a line, with the whole state after it.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    TransitionText text = json ? TransitionText.json() : TransitionText.lines();
    long count = 0;
    for (Path file : files) {
      count +=
          Recording.replay(
              file,
              (number, now, before, input, step) ->
                  out.println(text.of(number, now, before, input, step)));
    }
    out.flush();
    spec.commandLine().getErr().println(count + " transitions");
    return ExitCodes.OK;
  }
}
