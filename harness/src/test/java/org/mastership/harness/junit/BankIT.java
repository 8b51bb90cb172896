package org.mastership.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mastership.harness.run.FaultKind.CRASH;
import static org.mastership.harness.run.FaultKind.ISOLATE_MASTER;
import static org.mastership.harness.run.FaultKind.PAUSE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.mastership.harness.checker.Model;
import org.mastership.harness.history.Operation;
import org.mastership.harness.run.Ground;
import org.mastership.harness.run.RunResult;
import org.mastership.node.service.ReplicatedService;

/** Accounts in processes of their own, judged by a model of their own. */
class BankIT {
  private static final int ACCOUNTS = 3;

  /** A request has three bytes: the account to take from, the one to give to, the amount. */
  static final class Bank implements ReplicatedService {
    private byte[] balances = {100, 0, 0};

    @Override
    public ByteString execute(ByteString request) {
      balances[request.byteAt(0)] -= request.byteAt(2);
      balances[request.byteAt(1)] += request.byteAt(2);
      return ByteString.EMPTY;
    }

    @Override
    public ByteString query(ByteString request) {
      return snapshot();
    }

    @Override
    public ByteString snapshot() {
      return ByteString.copyFrom(balances);
    }

    @Override
    public void restore(ByteString snapshot) {
      balances = snapshot.toByteArray();
    }
  }

  /** The balances: a transfer moves an amount, and a look tells all of them at one instant. */
  private static final class Balances implements Model {
    @Override
    public JsonNode initial() {
      return list((byte) 100, (byte) 0, (byte) 0);
    }

    @Override
    public @Nullable JsonNode step(JsonNode state, Operation operation) {
      if (operation.f().equals("look")) {
        return operation.result() == null || state.equals(operation.result()) ? state : null;
      }
      JsonNode transfer = operation.argument();
      ArrayNode next = state.deepCopy();
      add(next, transfer.get(0).asInt(), -transfer.get(2).asInt());
      add(next, transfer.get(1).asInt(), transfer.get(2).asInt());
      return next;
    }

    private static void add(ArrayNode balances, int account, int amount) {
      balances.set(account, LongNode.valueOf(balances.get(account).asLong() + amount));
    }
  }

  private static ArrayNode list(byte... numbers) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode(numbers.length);
    for (byte number : numbers) {
      list.add((long) number);
    }
    return list;
  }

  @FaultTest(
      service = Bank.class,
      ground = Ground.PROCESSES,
      faults = {CRASH, PAUSE, ISOLATE_MASTER},
      duration = "8s",
      clients = 3,
      firstSeed = 4)
  void whoeverLooksSeesWholeTransfers(FaultRun run) throws Exception {
    RunResult result =
        run.judge(
            new Balances(),
            (client, random) -> {
              if (random.nextInt(3) == 0) {
                byte from = (byte) random.nextInt(ACCOUNTS);
                byte[] transfer = {from, (byte) ((from + 1) % ACCOUNTS), 1};
                ByteString request = ByteString.copyFrom(transfer);
                client.request(
                    "transfer", "", list(transfer), request, answer -> NullNode.getInstance());
              } else {
                client.query(
                    "look",
                    "",
                    NullNode.getInstance(),
                    ByteString.EMPTY,
                    answer -> list(answer.toByteArray()));
              }
            });

    assertThat(result.figures().get("answered requests")).isGreaterThan(50);
    assertThat(run.seed()).isEqualTo(4);
  }
}
