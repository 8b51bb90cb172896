package org.mastership.harness.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mastership.harness.run.FaultKind.CRASH;
import static org.mastership.harness.run.FaultKind.LOSS;
import static org.mastership.harness.run.FaultKind.PAUSE;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import java.awt.Point;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.junit.FaultRun;
import org.mastership.harness.junit.FaultTest;
import org.mastership.harness.run.Ground;
import org.mastership.harness.workload.ServiceClient;
import org.mastership.node.service.ReplicatedService;

/** Services of one's own in containers, whose image has not their classes. */
@ExtendWith(ContainerTests.class)
class ContainerServiceIT {
  private static final NullNode NONE = NullNode.getInstance();

  /** Counts, with the help of a class beside it. */
  static final class Counter implements ReplicatedService {
    private final Count count = new Count();

    @Override
    public ByteString execute(ByteString request) {
      count.value++;
      return ByteString.EMPTY;
    }

    @Override
    public ByteString query(ByteString request) {
      return snapshot();
    }

    @Override
    public ByteString snapshot() {
      return ByteString.copyFromUtf8(Long.toString(count.value));
    }

    @Override
    public void restore(ByteString snapshot) {
      count.value = Long.parseLong(snapshot.toStringUtf8());
    }
  }

  private static final class Count {
    private long value;
  }

  /** Needs the module {@code java.desktop}, which the image's Java has not. */
  static final class Drawing implements ReplicatedService {
    private final Point at = new Point();

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
      return ByteString.copyFromUtf8(at.toString());
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

  @FaultTest(
      service = Counter.class,
      ground = Ground.CONTAINERS,
      faults = {CRASH, PAUSE, LOSS},
      duration = "10s")
  void everyIncrementCountsOnce(FaultRun run) throws Exception {
    var result = run.judge(KnownModel.COUNTER, ContainerServiceIT::count);

    assertThat(result.figures().get("answered requests")).isPositive();
    assertThat(result.figures().get("faults")).isPositive();
  }

  @FaultTest(service = Drawing.class, ground = Ground.CONTAINERS)
  void whatTheJavaOfTheImageHasNotIsTold(FaultRun run) {
    assertThatThrownBy(() -> run.judge(KnownModel.COUNTER, ContainerServiceIT::count))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a server has ended right after its start:")
        .hasMessageContaining("java/awt/Point")
        .hasMessageContaining("nor in the modules of this Java");
  }
}
