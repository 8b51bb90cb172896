package org.mastership.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.mastership.harness.checker.Bounds;
import org.mastership.harness.checker.KnownModel;
import org.mastership.harness.checker.LinearizabilityChecker;
import org.mastership.harness.checker.Verdict;
import org.mastership.harness.history.HistoryReader;
import org.mastership.harness.history.HistoryWriter;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.KeyValueClient;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.client.NoMasterException;
import org.mastership.node.config.ServerConfiguration.Address;

/** Clients that write and read a few registers, and a history of what they saw. */
final class RegisterTraffic implements AutoCloseable {
  private static final int REGISTERS = 10;
  private static final long THINKING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path file;
  private final HistoryWriter history;
  private final MastershipClient client;
  private final KeyValueClient keys;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private volatile boolean stopped;

  RegisterTraffic(RunningGroup group, int clients) throws IOException {
    file = group.folder().resolve("history.jsonl");
    history = new HistoryWriter(file);
    client =
        new MastershipClient(
            ClientConfiguration.of(group.addresses().toArray(Address[]::new))
                .withGroup(group.name()));
    keys = new KeyValueClient(client);
    for (int process = 1; process <= clients; process++) {
      int number = process;
      Thread thread = new Thread(() -> askOn(number), "client-" + process);
      threads.add(thread);
      thread.start();
    }
  }

  /** How many operations have a result so far. */
  long answered() {
    return answered.get();
  }

  private void askOn(int process) {
    Random random = new Random(process);
    for (int written = 1; !stopped; written++) {
      String key = "register-" + random.nextInt(REGISTERS);
      if (random.nextBoolean()) {
        get(process, key);
      } else {
        put(process, key, process + "." + written);
      }
      LockSupport.parkNanos(THINKING_NANOS);
    }
  }

  private void get(int process, String key) {
    history.invoke(process, "get", key, NullNode.getInstance());
    CompletableFuture<JsonNode> got =
        keys.get(bytes(key))
            .thenApply(value -> value.map(ByteString::toStringUtf8).orElse(null))
            .thenApply(JsonNodeFactory.instance::textNode);
    complete(process, "get", key, got);
  }

  private void put(int process, String key, String value) {
    history.invoke(process, "put", key, JsonNodeFactory.instance.textNode(value));
    CompletableFuture<JsonNode> done =
        keys.put(bytes(key), bytes(value)).thenApply(existed -> NullNode.getInstance());
    complete(process, "put", key, done);
  }

  private void complete(int process, String f, String key, CompletableFuture<JsonNode> result) {
    try {
      JsonNode value = result.join();
      history.ok(process, f, key, value == null ? NullNode.getInstance() : value);
      answered.incrementAndGet();
    } catch (CompletionException e) {
      if (e.getCause() instanceof NoMasterException) {
        history.fail(process, f, key);
      } else {
        history.info(process, f, key);
      }
    }
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  /** Lets all clients end what they have begun, and judges what they saw. */
  Verdict finish() throws Exception {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    history.close();
    return new LinearizabilityChecker(KnownModel.SERVICE, Bounds.DEFAULT)
        .check(HistoryReader.operations(file));
  }

  @Override
  public void close() {
    stopped = true;
    client.close();
  }
}
