package org.mastership.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.harness.run.FaultKind.CRASH;
import static org.mastership.harness.run.FaultKind.HALVES;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import org.mastership.harness.checker.KnownModel;
import org.mastership.node.service.ReplicatedService;

/** A service of one's own, and its test under faults. docs/verifying.md shows this class. */
class CounterFaultTest {
  private static final ByteString NOTHING = ByteString.EMPTY;
  private static final NullNode NONE = NullNode.getInstance();

  /** Counts what it is asked to execute. */
  static final class Counter implements ReplicatedService {
    private long count;

    @Override
    public ByteString execute(ByteString request) {
      count++;
      return NOTHING;
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
      count = number(snapshot);
    }
  }

  private static long number(ByteString text) {
    return Long.parseLong(text.toStringUtf8());
  }

  @FaultTest(
      service = Counter.class,
      faults = {CRASH, HALVES},
      duration = "5s",
      seeds = 2)
  void everyIncrementCountsOnce(FaultRun run) throws Exception {
    var result =
        run.judge(
            KnownModel.COUNTER,
            (client, random) -> {
              if (random.nextBoolean()) {
                client.request("incr", "", LongNode.valueOf(1), NOTHING, answer -> NONE);
              } else {
                client.query("read", "", NONE, NOTHING, answer -> LongNode.valueOf(number(answer)));
              }
            });

    assertThat(result.figures().get("answered requests")).isPositive();
  }
}
