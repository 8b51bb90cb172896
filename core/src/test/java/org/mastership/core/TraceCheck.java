package org.mastership.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.mastership.core.planted.Findings;

/** Says which text trace comes out differently, the first of them all. */
final class TraceCheck implements UnaryOperator<String> {
  @Override
  public String apply(String nothing) {
    try {
      for (Path file : TraceTest.files()) {
        if (differs(Files.readAllLines(file))) {
          return String.valueOf(file.getFileName()).replace(".txt", "");
        }
      }
      return Findings.NOTHING;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean differs(List<String> expected) {
    try {
      return !TraceTest.run(expected, new TreeSet<>()).equals(expected);
    } catch (RuntimeException e) {
      return true;
    }
  }
}
