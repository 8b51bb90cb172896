package org.mastership.node.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.mastership.node.client.ClientException;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "resign",
    description = {
      "Has the master hand over to another server in good order, without a time-out.",
      "Exit status 0 when it has, 1 when it could not and is still master."
    },
    mixinStandardHelpOptions = true)
final class ResignCommand implements Callable<Integer> {
  @Mixin private GroupOption group = new GroupOption();

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "The server that is to be master; by default the one that has most of the log.")
  private String to = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (MastershipClient client = group.connect()) {
      Optional<Address> master = GroupStatus.master(client, group.addresses());
      if (master.isEmpty()) {
        err.println("mastership: no server, or more than one, is master; see 'mastership status'");
        return ExitCodes.UNAVAILABLE;
      }
      String successor = client.resign(master.get(), to).join();
      PrintWriter out = spec.commandLine().getOut();
      out.println(master.get() + " has handed over to " + successor);
      out.flush();
      return ExitCodes.OK;
    } catch (CompletionException e) {
      if (e.getCause() instanceof ClientException cause) {
        err.println("mastership: " + cause.getMessage());
        return ExitCodes.NEGATIVE;
      }
      throw e;
    }
  }
}
