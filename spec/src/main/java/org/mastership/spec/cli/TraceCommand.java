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
      "Checks that recorded transitions of one run are steps of the specification.",
      "Exit status: 0 all are, 1 one is not, 64 a file is no trace."
    },
    mixinStandardHelpOptions = true)
final class TraceCommand implements Callable<Integer> {
  private static final int NOT_ALLOWED = 1;
  private static final int BAD_INPUT = 64;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "One file of all servers, as 'mastership simulate --specification' writes it, or one of"
              + " each server, as 'mastership replay --specification' prints it.")
  private List<Path> files = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Specification specification = Specification.here();
    TraceCheck check =
        new TraceCheck(specification.modules(), specification.results().resolve("trace"));
    try {
      return report(out, check.check(files));
    } catch (IOException e) {
      spec.commandLine().getErr().println("mastership-spec: " + e.getMessage());
      return BAD_INPUT;
    } finally {
      out.flush();
    }
  }

  private static int report(PrintWriter out, TraceCheck.Result result) {
    if (result.unrecorded() > 0) {
      out.println(
          result.unrecorded()
              + " messages arrived from moments before a crash that were not recorded");
    }
    if (result.holds()) {
      out.println("all " + result.followed() + " transitions are steps of the specification");
      return 0;
    }
    out.println(result.rejected());
    out.println(
        "is no step of the specification, after " + result.followed() + " transitions that are");
    result.reasons().forEach(reason -> out.println("  " + reason));
    return NOT_ALLOWED;
  }
}
