package org.mastership.node.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.ServerSnapshot;
import org.mastership.node.config.ServerConfiguration.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "snapshot",
    description = {
      "Has each server put a snapshot in the place of the log that it has executed.",
      "For one server only, name it by --servers. Exit status 1 if any of them did not."
    },
    mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {
  @Mixin private GroupOption group = new GroupOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    List<Address> addresses = group.addresses();
    List<CompletableFuture<ServerSnapshot>> answers = new ArrayList<>();
    PrintWriter out = spec.commandLine().getOut();
    int exit = ExitCodes.OK;
    try (MastershipClient client = group.connect()) {
      addresses.forEach(address -> answers.add(client.snapshot(address)));
      for (int i = 0; i < addresses.size(); i++) {
        try {
          out.println(line(addresses.get(i), answers.get(i).join()));
        } catch (CompletionException e) {
          Throwable cause = e.getCause() == null ? e : e.getCause();
          out.println(cause.getMessage());
          exit = ExitCodes.NEGATIVE;
        }
      }
    }
    out.flush();
    return exit;
  }

  private static String line(Address address, ServerSnapshot snapshot) {
    return snapshot.sequence() == 0
        ? address + ": nothing was executed yet"
        : address
            + ": a snapshot of "
            + snapshot.bytes()
            + " bytes stands for the log up to entry "
            + snapshot.sequence();
  }
}
