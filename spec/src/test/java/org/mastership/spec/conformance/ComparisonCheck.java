package org.mastership.spec.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.mastership.core.planted.Findings;

/** Says where one comparison, named, meets its first difference. */
final class ComparisonCheck implements UnaryOperator<String> {
  private static final int WALKS = 30;

  @Override
  public String apply(String name) {
    Bounds bounds = ConformanceTest.bounds(name);
    try {
      compare(bounds);
      return Findings.NOTHING;
    } catch (SideBySide.Different e) {
      return name + ", " + e.length() + (e.length() == 1 ? " step" : " steps");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(Bounds bounds) throws IOException {
    SideBySide walk = ConformanceTest.walk(bounds);
    if (!ConformanceTest.isFar(bounds)) {
      walk.compare(Beginning.of(bounds));
      return;
    }
    for (int seed = 0; seed < WALKS; seed++) {
      walk.follow(Beginning.of(bounds), new Random(seed), ConformanceTest.LENGTH);
    }
  }
}
