package org.mastership.harness.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes orders in which operations took effect: JSON objects, one a line, key after key. */
public final class WitnessWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WitnessWriter() {}

  /**
   * Writes a file.
   *
   * @param orders by key
   * @throws IOException if it can not be written
   */
  public static void write(Map<String, List<Operation>> orders, Path file) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (List<Operation> order : orders.values()) {
        for (Operation operation : order) {
          writer.write(JSON.writeValueAsString(line(operation)));
          writer.newLine();
        }
      }
    }
  }

  private static ObjectNode line(Operation operation) {
    ObjectNode line = JSON.createObjectNode();
    line.put("key", operation.key());
    line.put("process", operation.process());
    line.put("f", operation.f());
    line.set("argument", operation.argument());
    line.put("asked", operation.invoked());
    if (operation.isAnswered()) {
      line.set("result", operation.result());
      line.put("answered", operation.completed());
    }
    return line;
  }
}
