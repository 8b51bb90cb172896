package org.mastership.spec;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs TLC on models, each in a Java process of its own. Of each model its folder in {@link
 * Specification#results()} keeps what TLC was given, all that it said, and the counterexample.
 */
public final class Tlc {
  /** TLC's exit status for a module or configuration that it cannot read begins here. */
  private static final int UNREADABLE = 150;

  private final Specification specification;

  public Tlc(Specification specification) {
    this.specification = specification;
  }

  /**
   * Checks one model.
   *
   * @throws IOException when the model's folder cannot be written or no process started
   * @throws InterruptedException when the thread is interrupted; TLC is stopped first
   */
  public Outcome run(Model model) throws IOException, InterruptedException {
    Path folder = Folders.empty(specification.results().resolve(model.name()));
    new Wrapper(model).write(folder);
    Path output = folder.resolve("output.txt");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command(model, folder))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = end(process, model.limit());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    Outcome outcome = TlcOutput.read(Files.readString(output), took, folder);
    Folders.delete(folder.resolve("meta"));
    return keep(model, ended ? judged(outcome, process.exitValue()) : outOfTime(outcome));
  }

  private static boolean end(Process process, Duration limit) throws InterruptedException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> command(Model model, Path folder) throws IOException {
    boolean small = model.size() == Model.Size.SMALL;
    Path scratch = Files.createDirectories(folder.resolve("meta"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseParallelGC", small ? "-Xmx2g" : "-Xmx6g"));
    command.add("-Djava.io.tmpdir=" + scratch);
    command.add(
        "-DTLA-Library=" + specification.modules() + File.pathSeparator + specification.models());
    command.addAll(List.of("-cp", jar(), "tlc2.TLC", "-tool", "-metadir", scratch.toString()));
    command.addAll(List.of("-coverage", "600", "-checkpoint", "0"));
    // With one worker a counterexample is a shortest one, and the same one in every run.
    command.addAll(List.of("-workers", model.expected().holds() ? "auto" : "1"));
    command.addAll(List.of("-config", folder.resolve(Wrapper.NAME + ".cfg").toString()));
    command.add(folder.resolve(Wrapper.NAME + ".tla").toString());
    return command;
  }

  private static String jar() {
    try {
      return Path.of(tlc2.TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of TLC's jar is no path", e);
    }
  }

  private static Outcome judged(Outcome outcome, int status) {
    boolean unreadable =
        outcome.end() == Outcome.End.FAILED && status >= UNREADABLE && status < 255;
    return unreadable ? with(outcome, Outcome.End.UNREADABLE, outcome.about()) : outcome;
  }

  private static Outcome outOfTime(Outcome outcome) {
    return with(outcome, Outcome.End.OUT_OF_TIME, "");
  }

  private static Outcome with(Outcome outcome, Outcome.End end, String about) {
    return new Outcome(
        end,
        about,
        outcome.counts(),
        outcome.actions(),
        outcome.reached(),
        outcome.trace(),
        outcome.loopsTo(),
        outcome.folder());
  }

  /** TLC does not say which liveness property is violated; a model has one. */
  private static Outcome keep(Model model, Outcome outcome) throws IOException {
    Outcome named = outcome;
    if (outcome.about().equals("Temporal")) {
      named = with(outcome, outcome.end(), Wrapper.property(model));
    }
    if (!named.trace().isEmpty()) {
      Files.writeString(named.traceFile(), text(named));
    }
    return named;
  }

  private static String text(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < outcome.trace().size(); i++) {
      TracedState state = outcome.trace().get(i);
      text.append(i + 1).append(": ").append(state.action()).append('\n');
      for (Map.Entry<String, String> variable : state.variables().entrySet()) {
        text.append("  ").append(variable.getKey()).append(" = ").append(variable.getValue());
        text.append('\n');
      }
    }
    if (outcome.loopsTo() > 0) {
      text.append("and again from ").append(outcome.loopsTo()).append('\n');
    }
    return text.toString();
  }
}
