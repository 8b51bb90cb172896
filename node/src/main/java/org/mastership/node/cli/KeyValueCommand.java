package org.mastership.node.cli;

import com.google.protobuf.ByteString;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.mastership.node.client.ClientException;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.KeyValueException;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.RequestRejectedException;
import org.mastership.node.wire.KeyValueEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command on the key-value service. Keys and values are UTF-8 text. */
abstract class KeyValueCommand implements Callable<Integer> {
  @Mixin private GroupOption group = new GroupOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (MastershipClient client = group.connect()) {
      return run(new KeyValueClient(client), out);
    } catch (CompletionException e) {
      if (e.getCause() instanceof ClientException cause) {
        spec.commandLine().getErr().println("mastership: " + cause.getMessage());
        return cause instanceof KeyValueException || cause instanceof RequestRejectedException
            ? ExitCodes.NEGATIVE
            : ExitCodes.UNAVAILABLE;
      }
      throw e;
    } finally {
      out.flush();
    }
  }

  /** Runs the command and tells its exit status. */
  abstract int run(KeyValueClient client, PrintWriter out);

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static String text(ByteString bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int yesOrNo(boolean yes, PrintWriter out) {
    out.println(yes ? "yes" : "no");
    return yes ? ExitCodes.OK : ExitCodes.NEGATIVE;
  }

  @Command(
      name = "get",
      description = "Prints the value of a key.",
      mixinStandardHelpOptions = true)
  static final class Get extends KeyValueCommand {
    @Parameters(paramLabel = "KEY")
    private String key = "";

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      Optional<ByteString> value = client.get(bytes(key)).join();
      value.ifPresent(found -> out.println(text(found)));
      return value.isPresent() ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }
  }

  @Command(name = "put", description = "Sets a key.", mixinStandardHelpOptions = true)
  static final class Put extends KeyValueCommand {
    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Parameters(index = "1", paramLabel = "VALUE")
    private String value = "";

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      client.put(bytes(key), bytes(value)).join();
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "delete",
      description = "Removes a key; says whether it was there.",
      mixinStandardHelpOptions = true)
  static final class Delete extends KeyValueCommand {
    @Parameters(paramLabel = "KEY")
    private String key = "";

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      return yesOrNo(client.delete(bytes(key)).join(), out);
    }
  }

  @Command(
      name = "cas",
      description = "Sets a key if it has the expected value; says whether it had.",
      mixinStandardHelpOptions = true)
  static final class CompareAndSet extends KeyValueCommand {
    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Parameters(index = "1", paramLabel = "EXPECTED")
    private String expected = "";

    @Parameters(index = "2", paramLabel = "VALUE")
    private String value = "";

    @Option(
        names = "--absent",
        description = "Expect that the key is not there; EXPECTED is ignored.")
    private boolean absent;

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      ByteString from = absent ? null : bytes(expected);
      return yesOrNo(client.compareAndSet(bytes(key), from, bytes(value)).join(), out);
    }
  }

  @Command(
      name = "incr",
      description = "Adds to the number of a key, and prints the sum.",
      mixinStandardHelpOptions = true)
  static final class Increment extends KeyValueCommand {
    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Parameters(index = "1", paramLabel = "BY", arity = "0..1", defaultValue = "1")
    private long by;

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      out.println(client.increment(bytes(key), by).join());
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "append",
      description = "Adds an element to the list of a key, and prints the list's length.",
      mixinStandardHelpOptions = true)
  static final class Append extends KeyValueCommand {
    @Parameters(index = "0", paramLabel = "KEY")
    private String key = "";

    @Parameters(index = "1", paramLabel = "ELEMENT")
    private String element = "";

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      out.println(client.append(bytes(key), bytes(element)).join());
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "list",
      description = "Prints the elements of the list of a key, one a line.",
      mixinStandardHelpOptions = true)
  static final class Elements extends KeyValueCommand {
    @Parameters(paramLabel = "KEY")
    private String key = "";

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      Optional<List<ByteString>> list = client.getList(bytes(key)).join();
      list.ifPresent(elements -> elements.forEach(element -> out.println(text(element))));
      return list.isPresent() ? ExitCodes.OK : ExitCodes.NEGATIVE;
    }
  }

  @Command(
      name = "scan",
      description = "Prints the keys with a prefix.",
      mixinStandardHelpOptions = true)
  static final class Scan extends KeyValueCommand {
    private static final int PAGE = 1000;

    @Parameters(paramLabel = "PREFIX", arity = "0..1", defaultValue = "")
    private String prefix = "";

    @Override
    int run(KeyValueClient client, PrintWriter out) {
      ByteString after = ByteString.EMPTY;
      KeyValueClient.Page page;
      do {
        page = client.scan(bytes(prefix), after, PAGE).join();
        for (KeyValueEntry entry : page.entries()) {
          out.println(text(entry.getKey()));
          after = entry.getKey();
        }
      } while (page.more());
      return ExitCodes.OK;
    }
  }
}
