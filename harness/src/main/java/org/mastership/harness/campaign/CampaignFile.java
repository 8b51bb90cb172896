package org.mastership.harness.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.OptionalDouble;

/** Writes {@code campaign.json}: anew after each run, so that one that is killed leaves it, too. */
final class CampaignFile {
  static final String NAME = "campaign.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;
  private final Instant startedAt = Instant.now();

  CampaignFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  void write(Summary summary) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("startedAt", startedAt.toString()).put("writtenAt", Instant.now().toString());
    root.put("planned", summary.planned()).put("ended", summary.ended());
    root.put("bad", summary.bad().size()).put("clean", summary.isClean());
    ObjectNode missing = root.putObject("missing");
    summary.missing().forEach((ground, why) -> missing.put(ground.toString(), why));
    ArrayNode rows = root.putArray("rows");
    summary.rows().forEach(row -> put(rows.addObject(), row));
    ArrayNode runs = root.putArray("runs");
    summary.outcomes().forEach(outcome -> put(runs.addObject(), outcome));
    Path written = file.resolveSibling(NAME + ".new");
    MAPPER.writerWithDefaultPrettyPrinter().writeValue(written.toFile(), root);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void put(ObjectNode node, Row row) {
    node.put("ground", row.ground()).put("guarantee", row.guarantee()).put("faults", row.faults());
    node.put("runs", row.runs()).put("clean", row.clean());
    put(node, "worstAvailabilityInFaultsPercent", row.availableInFaults());
    put(node, "worstAvailabilityOutsidePercent", row.availableOutside());
    put(node, "medianFailoverMillis", row.medianFailoverMillis());
    put(node, "worstFailoverMillis", row.worstFailoverMillis());
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    value.ifPresent(number -> node.put(name, number));
  }

  private static void put(ObjectNode node, Outcome outcome) {
    node.put("folder", String.valueOf(outcome.folder().getFileName()));
    node.put("verdict", outcome.verdict().toString()).put("seconds", outcome.seconds());
    outcome.bad().forEach(node.putArray("bad")::add);
    node.put("repeat", outcome.run().settings().command());
  }
}
