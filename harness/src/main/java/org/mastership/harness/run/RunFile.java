package org.mastership.harness.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Writes {@code run.json}: at the beginning without a result, at the end with it. */
final class RunFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final RunSettings settings;
  private final Instant startedAt = Instant.now();
  private final long originNanos;
  private final LongSupplier clock;

  RunFile(Path file, RunSettings settings, long originNanos, LongSupplier clock) {
    this.file = file;
    this.settings = settings;
    this.originNanos = originNanos;
    this.clock = clock;
  }

  void write(Optional<RunResult> result) throws IOException {
    ObjectNode run = MAPPER.createObjectNode();
    run.set("settings", settings());
    run.put("startedAt", startedAt.toString()).put("originNanos", originNanos);
    result.ifPresent(ended -> putResult(run, ended));
    Path written = file.resolveSibling(file.getFileName() + ".new");
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), run);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private ObjectNode settings() {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("ground", settings.ground().toString()).put("servers", settings.servers());
    node.put("guarantee", settings.guarantee().toString().toLowerCase(Locale.ROOT));
    ArrayNode workloads = node.putArray("workloads");
    settings.workloads().forEach(kind -> workloads.add(kind.toString()));
    settings.faults().forEach(fault -> node.withArray("faults").add(fault.toString()));
    node.put("durationNanos", settings.duration().toNanos()).put("seed", settings.seed());
    return node.put("clients", settings.clients());
  }

  private void putResult(ObjectNode run, RunResult result) {
    run.put("endedNanos", clock.getAsLong()).put("clean", result.isClean());
    result.findings().forEach(run.putArray("findings")::addPOJO);
    run.set("figures", MAPPER.valueToTree(result.figures()));
  }
}
