package org.mastership.harness.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mastership.core.Guarantee;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.node.cli.ExitCodes;
import org.mastership.node.cli.MastershipCommand;
import org.mastership.node.client.ClientConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mastership load}. */
@Command(
    name = "load",
    description =
        "Measures a group of server processes on this machine, with storage forced to disk: writes"
            + " and reads, by one client that has some of them under way at all times.",
    mixinStandardHelpOptions = true)
public final class LoadCommand implements MastershipCommand, Callable<Integer> {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int MOST_BYTES = 60_000;

  @Option(names = "--servers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int servers = 3;

  @Option(
      names = "--guarantee",
      paramLabel = "timed|quorum",
      description = "Default: ${DEFAULT-VALUE}.")
  private Guarantee guarantee = Guarantee.QUORUM;

  @Option(
      names = "--outstanding",
      paramLabel = "COUNT",
      split = ",",
      description = "How many requests are under way. Default: 1,64.")
  private List<Integer> outstanding = List.of(1, 64);

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Of each value. Default: ${DEFAULT-VALUE}.")
  private int size = 64;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "How long each measurement takes, after as long a warm-up. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(
      names = "--hand-overs",
      paramLabel = "COUNT",
      description =
          "Before that, have the master hand over so many times, twice, while one write is under way,"
              + " and measure how long there is no answer. Default: ${DEFAULT-VALUE}.")
  private int handOvers;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, too.")
  private Optional<Path> json = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    require(servers >= 2 && servers <= 15, "--servers must be 2 to 15");
    require(size >= 1 && size <= MOST_BYTES, "--size must be 1 to " + MOST_BYTES);
    require(seconds >= 1, "--seconds must be 1 or more");
    for (int count : outstanding) {
      require(
          count >= 1 && count <= ClientConfiguration.MOST_WINDOW,
          "--outstanding must be 1 to " + ClientConfiguration.MOST_WINDOW);
    }
    ProcessGroup group =
        ProcessGroup.create(Files.createTempDirectory("mastership-load-"), servers, guarantee)
            .temporary();
    List<Figures> figures;
    try (group) {
      figures = measure(group);
    }
    group.deleteFiles();
    if (json.isPresent()) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(
              json.get().toFile(),
              Map.of(
                  "servers", servers, "guarantee", guarantee, "bytes", size, "figures", figures));
    }
    return ExitCodes.OK;
  }

  private List<Figures> measure(ProcessGroup group) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    group.startAll();
    try (GroupWatch watch = new GroupWatch(group)) {
      watch.awaitWhole(START);
    }
    handOver(group, out);
    out.printf("%d servers, guarantee %s, values of %d bytes%n", servers, guarantee, size);
    out.println(Figures.HEADER);
    List<Figures> all = new ArrayList<>();
    for (Measurement.Kind kind : Measurement.Kind.values()) {
      for (int count : outstanding) {
        try (Measurement measurement = new Measurement(group, kind, count, size)) {
          measurement.run(Duration.ofSeconds(seconds));
          Figures figures = measurement.run(Duration.ofSeconds(seconds));
          out.println(figures.line());
          out.flush();
          all.add(figures);
        }
      }
    }
    return all;
  }

  private void handOver(ProcessGroup group, PrintWriter out) throws Exception {
    if (handOvers == 0) {
      return;
    }
    try (GroupWatch watch = new GroupWatch(group);
        HandOverMeasurement measurement = new HandOverMeasurement(group, watch).started()) {
      out.println("first " + measurement.run(handOvers).line());
      out.println("then  " + measurement.run(handOvers).line());
    }
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
