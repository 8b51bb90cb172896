package org.mastership.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A command line that asks for no run is not taken for one whose runs were clean. */
class RunCommandTest {
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new RunCommand()).setErr(new PrintWriter(errors)).execute(arguments);
  }

  @Test
  void noRunsAtAllAreRefused() {
    assertThat(run("--ground", "simulated", "--times", "0")).isNotZero();
    assertThat(errors.toString()).contains("--times", "1 or more, not 0");
  }

  @Test
  void faultsAndNoFaultsAreRefused() {
    assertThat(run("--ground", "simulated", "--no-faults", "--faults", "crash")).isNotZero();
    assertThat(errors.toString()).contains("contradict each other");
  }
}
