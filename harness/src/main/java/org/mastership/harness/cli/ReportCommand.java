package org.mastership.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mastership.harness.report.ReportPage;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mastership-harness report}. */
@Command(
    name = "report",
    description = {
      "Writes a run as a web page, report.html, into its folder. The page needs nothing but a"
          + " browser, and no network."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", arity = "1..*", description = "The folder of a run, or several.")
  private List<Path> folders = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    for (Path folder : folders) {
      spec.commandLine().getOut().println(ReportPage.write(folder));
    }
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }
}
