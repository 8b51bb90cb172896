package org.mastership.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.mastership.harness.report.ReportServer;
import org.mastership.node.cli.ExitCodes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mastership-harness serve}. */
@Command(
    name = "serve",
    description = "Shows a folder of runs to browsers of this machine, until it is interrupted.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", arity = "0..1", description = "Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("runs");

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Default: ${DEFAULT-VALUE}; 0: a free one.")
  private int port = 8089;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder; 'run' makes one, or name that of your runs");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (ReportServer server = ReportServer.start(folder, port)) {
      out.println("http://127.0.0.1:" + server.port() + "/ shows " + folder);
      out.flush();
      new CountDownLatch(1).await();
    }
    return ExitCodes.OK;
  }
}
