package org.mastership.harness.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes entries as JSON lines. One thread at a time. */
public final class EventWriter implements Closeable, Flushable {
  private final Writer out;
  private final JsonGenerator json;

  /**
   * Starts a new file.
   *
   * @throws IOException if it can not be written
   */
  public EventWriter(Path file) throws IOException {
    out = Files.newBufferedWriter(file);
    json = new JsonFactory().createGenerator(out);
    json.setCodec(new ObjectMapper());
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /**
   * Writes an entry.
   *
   * @throws IOException if it can not be written
   */
  public void write(Event event) throws IOException {
    json.writeStartObject();
    json.writeNumberField("process", event.process());
    json.writeStringField("type", event.type().name().toLowerCase(Locale.ROOT));
    json.writeStringField("f", event.f());
    json.writeStringField("key", event.key());
    json.writeFieldName("value");
    json.writeTree(event.value());
    json.writeNumberField("time", event.timeNanos());
    json.writeEndObject();
  }

  @Override
  public void flush() throws IOException {
    json.flush();
    out.flush(); // the generator passes on none of its own
  }

  @Override
  public void close() throws IOException {
    json.writeRaw('\n');
    json.close();
  }
}
