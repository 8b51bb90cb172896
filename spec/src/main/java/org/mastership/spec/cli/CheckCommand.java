package org.mastership.spec.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mastership.spec.Model;
import org.mastership.spec.Outcome;
import org.mastership.spec.ResultTable;
import org.mastership.spec.Specification;
import org.mastership.spec.Tlc;
import org.mastership.spec.Verdict;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs TLC on models; exit status 1 where something is not as expected. */
@Command(
    name = "check",
    description = "Runs TLC on the small models, on the large ones too, or on those named.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Option(names = "--large", description = "The large models too; takes up to an hour.")
  private boolean large;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Bring the table of results up to date.")
  private @Nullable Path results;

  @Parameters(paramLabel = "MODEL", description = "Only these.")
  private List<String> names = new ArrayList<>();

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine line = Objects.requireNonNull(command).commandLine();
    Specification specification = Specification.here();
    Tlc tlc = new Tlc(specification);
    boolean well = true;
    for (Model model : chosen(specification, line)) {
      Outcome outcome = tlc.run(model);
      List<String> problems = Verdict.problems(model, outcome);
      say(line.getOut(), model, outcome, problems);
      if (problems.isEmpty()) {
        note(specification, model, outcome);
      } else {
        well = false;
      }
    }
    return well ? 0 : 1;
  }

  private void note(Specification specification, Model model, Outcome outcome) throws IOException {
    if (results != null) {
      ResultTable table = ResultTable.read(results, specification.all());
      table.add(model, outcome);
      Files.writeString(results, table.text());
    }
  }

  private List<Model> chosen(Specification specification, CommandLine line) {
    List<Model> all = specification.all();
    List<String> known = all.stream().map(Model::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CommandLine.ParameterException(
            line, "there is no model " + name + "; there are " + String.join(", ", known));
      }
    }
    return all.stream()
        .filter(
            model ->
                names.isEmpty()
                    ? large || model.size() == Model.Size.SMALL
                    : names.contains(model.name()))
        .toList();
  }

  private static void say(PrintWriter out, Model model, Outcome outcome, List<String> problems) {
    out.printf(
        "%-28s %-7s %,12d distinct states  %5.1f s  %s%n",
        model.name(),
        problems.isEmpty() ? "ok" : "FAILED",
        outcome.counts().distinct(),
        outcome.counts().took().toMillis() / 1000.0,
        model.expected().holds()
            ? ""
            : outcome.about() + " after " + outcome.trace().size() + " states");
    problems.forEach(problem -> out.println("  " + problem));
    out.flush();
  }
}
