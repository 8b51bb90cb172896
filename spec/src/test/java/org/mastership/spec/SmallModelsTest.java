package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each small model is a test with its own name. */
class SmallModelsTest {
  private final Specification specification = Specification.in(Path.of("").toAbsolutePath());

  @TestFactory
  Stream<DynamicTest> models() {
    Tlc tlc = new Tlc(specification);
    return specification.all(Model.Size.SMALL).stream()
        .map(
            model ->
                dynamicTest(
                    model.name(),
                    () -> assertThat(Verdict.problems(model, tlc.run(model))).isEmpty()));
  }
}
