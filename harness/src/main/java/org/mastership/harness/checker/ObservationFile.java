package org.mastership.harness.checker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of observations, each of one start of a server: lines of the clock before, the clock after,
 * and the token or 0. A server may have been killed in the middle of its last line, which is then
 * left out.
 */
public final class ObservationFile {
  private static final Pattern LINE = Pattern.compile("(-?\\d+) (-?\\d+) (\\d+)");

  private static final String ENDING = ".observations";

  private ObservationFile() {}

  /** The file of a server that writes a new one in each of its starts, which count from 1. */
  public static Path of(Path folder, String server, int start) {
    return folder.resolve(server + "." + start + ENDING);
  }

  /**
   * Reads the files of all servers and starts that are in a folder.
   *
   * @throws IOException if one can not be read, or is no file of observations
   */
  public static List<Observation> masterships(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(each -> each.getFileName().toString().endsWith(ENDING)).sorted().toList();
    }
    List<Observation> all = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      all.addAll(masterships(name.substring(0, name.indexOf('.')), file));
    }
    return all;
  }

  /**
   * Reads the files of all starts of a server; one that it has not begun is left out.
   *
   * @throws IOException if one can not be read, or is no file of observations
   */
  public static List<Observation> masterships(Path folder, String server, int starts)
      throws IOException {
    List<Observation> all = new ArrayList<>();
    for (int start = 1; start <= starts; start++) {
      Path file = of(folder, server, start);
      if (Files.exists(file)) {
        all.addAll(masterships(server, file));
      }
    }
    return all;
  }

  /**
   * Reads a file; observations of "not master" are left out, because they claim nothing.
   *
   * @throws IOException if it can not be read, or is no file of observations
   */
  public static List<Observation> masterships(String server, Path file) throws IOException {
    List<Observation> observations = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      long number = 0;
      String line = reader.readLine();
      while (line != null) {
        String next = reader.readLine();
        Matcher matcher = LINE.matcher(line);
        number++;
        if (next == null) {
          break;
        }
        if (!matcher.matches()) {
          throw new IOException(file + ", line " + number + ": not an observation: " + line);
        }
        Observation observation = observation(server, matcher);
        if (observation.token() != 0) {
          observations.add(observation);
        }
        line = next;
      }
    }
    return observations;
  }

  private static Observation observation(String server, Matcher matcher) {
    return new Observation(
        server,
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }
}
