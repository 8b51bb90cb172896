package org.mastership.spec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mastership.spec.Specification;
import org.mastership.spec.trace.TraceCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mastership-spec trace}: checks recorded transitions. */
@Command(
    name = "trace",
    description = {
      "Checks that recorded transitions are steps of the specification.",
      "Exit status: 0 all are, 1 one is not, 64 a file is no trace."
    },
    mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {
  private static final int NOT_ALLOWED = 1;
  private static final int BAD_INPUT = 64;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "As 'mastership simulate --specification' writes them.")
  private List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Specification specification = Specification.here();
    TraceCheck check =
        new TraceCheck(specification.modules(), specification.results().resolve("trace"));
    int status = 0;
    for (Path file : files) {
      try {
        status = Math.max(status, report(out, file, check.check(file)));
      } catch (IOException e) {
        spec.commandLine().getErr().println("mastership-spec: " + e.getMessage());
        return BAD_INPUT;
      }
    }
    out.flush();
    return status;
  }

  private static int report(PrintWriter out, Path file, TraceCheck.Result result) {
    if (result.holds()) {
      out.println(file + ": all " + result.all() + " transitions are steps of the specification");
      return 0;
    }
    out.println(
        file
            + ", line "
            + (result.followed() + 2)
            + ": no step of the specification, after "
            + result.followed()
            + " that are: "
            + result.line());
    result.allowed().forEach(allowed -> out.println("it allows there: " + allowed));
    return NOT_ALLOWED;
  }
}
