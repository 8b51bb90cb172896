package org.mastership.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.run.FaultKind;
import org.mastership.harness.workload.ServiceClient;
import org.mastership.node.service.ReplicatedService;

/** What a user is told whose service, or whose test, is wrong. */
class FaultTestTest {
  private static final NullNode NONE = NullNode.getInstance();

  /** Draws by chance whether a request counts: not deterministic, so the copies differ. */
  static final class Careless implements ReplicatedService {
    private final Random random = new Random();
    private long count;

    @Override
    public ByteString execute(ByteString request) {
      count += random.nextInt(10) == 0 ? 0 : 1;
      return ByteString.EMPTY;
    }

    @Override
    public ByteString query(ByteString request) {
      return snapshot();
    }

    @Override
    public ByteString snapshot() {
      return ByteString.copyFromUtf8(Long.toString(count));
    }

    @Override
    public void restore(ByteString snapshot) {
      count = Long.parseLong(snapshot.toStringUtf8());
    }
  }

  /** Can not be made by its class alone. */
  record Named(String name) implements ReplicatedService {
    @Override
    public ByteString execute(ByteString request) {
      return ByteString.EMPTY;
    }

    @Override
    public ByteString query(ByteString request) {
      return ByteString.EMPTY;
    }

    @Override
    public ByteString snapshot() {
      return ByteString.EMPTY;
    }

    @Override
    public void restore(ByteString snapshot) {}
  }

  private static void count(ServiceClient client, Random random) {
    if (random.nextBoolean()) {
      client.request("incr", "", LongNode.valueOf(1), ByteString.EMPTY, answer -> NONE);
    } else {
      client.query(
          "read",
          "",
          NONE,
          ByteString.EMPTY,
          answer -> LongNode.valueOf(Long.parseLong(answer.toStringUtf8())));
    }
  }

  @FaultTest(service = Careless.class, faults = FaultKind.CRASH, duration = "3s", firstSeed = 9)
  void aServiceThatIsNotDeterministicIsFoundAndExplained(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, FaultTestTest::count))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Careless: not linearizable: ")
        .hasMessageContaining("read -> ")
        .hasMessageEndingWith("seed 9, files in " + run.folder());
    assertThat(run.folder().resolve("history.jsonl")).isNotEmptyFile();
  }

  @FaultTest(
      service = Careless.class,
      faults = {},
      duration = "1s")
  void aQuestionThatFailsIsToldInsteadOfBeingTakenForAMissingAnswer(FaultRun run) {
    assertThatThrownBy(
            () ->
                run.judge(
                    KnownModel.COUNTER,
                    (client, random) ->
                        client.query(
                            "read",
                            "",
                            NONE,
                            ByteString.EMPTY,
                            answer -> {
                              throw new IllegalArgumentException("not a number");
                            })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not a number");
  }

  @FaultTest(
      service = Named.class,
      faults = {})
  void aServiceThatCanNotBeMadeIsRefusedAtTheBeginning(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, FaultTestTest::count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a constructor without parameters");
  }

  /** So that what is shown there compiles, and passes. */
  @Test
  void theDocumentationShowsTheExampleAsItIs() throws Exception {
    String file = "src/test/java/org/mastership/harness/junit/CounterFaultTest.java";
    String example = Files.readString(Path.of(file));
    String shown = example.substring(example.indexOf("/** A service of one's own"));

    assertThat(Files.readString(Path.of("../docs/verifying.md"))).contains("```java\n" + shown);
  }
}
