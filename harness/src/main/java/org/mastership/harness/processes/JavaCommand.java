package org.mastership.harness.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs {@code mastership} with this process's Java and class path. */
final class JavaCommand {
  private static final int WARNS_OF_NATIVE_ACCESS = 24;

  private JavaCommand() {}

  /**
   * @param shortLived whether the process ends before the second compiler would pay: on a few cores
   *     that shares with other processes what it takes is missing elsewhere
   * @param temporaryFiles where it puts them; what a kill leaves there goes with that folder
   */
  static List<String> mastership(List<String> arguments, boolean shortLived, Path temporaryFiles) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms64m",
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Xshare:auto"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (shortLived) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-Djava.io.tmpdir=" + temporaryFiles);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.mastership.node.cli.Main");
    command.addAll(arguments);
    return command;
  }
}
