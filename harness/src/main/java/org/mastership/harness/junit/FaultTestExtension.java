package org.mastership.harness.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.mastership.harness.run.Run;

/** Gives each run of a {@link FaultTest} its {@link FaultRun}. */
final class FaultTestExtension implements TestTemplateInvocationContextProvider {
  private static final Path FOLDER = Path.of("target", "fault-tests");

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    FaultTest test = context.getRequiredTestMethod().getAnnotation(FaultTest.class);
    String name =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    return LongStream.range(test.firstSeed(), test.firstSeed() + test.seeds())
        .mapToObj(seed -> new OneSeed(test, seed, name + "-seed-" + seed));
  }

  /** One invocation of the test. */
  private record OneSeed(FaultTest test, long seed, String name)
      implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocation) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      Path folder = FOLDER.resolve(name).toAbsolutePath();
      return List.of(new OneRun(new FaultRun(test, seed, folder)));
    }
  }

  /** Hands the run over, and looks after its files. */
  private record OneRun(FaultRun run) implements ParameterResolver, AfterTestExecutionCallback {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == FaultRun.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      try {
        Run.deleteFiles(run.folder());
      } catch (IOException e) {
        throw new ParameterResolutionException(
            "the files of an earlier run can not be removed: " + e, e);
      }
      return run;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
      if (context.getExecutionException().isPresent()) {
        return;
      }
      if (!run.isUsed()) {
        throw new AssertionError(
            "the test judged nothing: it must take a FaultRun and call its method judge");
      }
      Run.deleteFiles(run.folder());
    }
  }
}
