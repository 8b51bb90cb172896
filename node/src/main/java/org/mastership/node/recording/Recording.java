package org.mastership.node.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Input;
import org.mastership.core.Protocol;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.node.recording.RecordingFormat.Header;
import org.mastership.node.recording.RecordingFormat.Recorded;

/** A recorded segment, run through the protocol again. */
public final class Recording {
  private Recording() {}

  /** Is given each transition, in order. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One transition.
     *
     * @param number the server's number
     * @param nowNanos its clock
     */
    void transition(int number, long nowNanos, State before, Input input, Step step);
  }

  /**
   * Runs the recorded inputs of a file through the protocol again.
   *
   * @return how many transitions that were
   * @throws IOException if the file is no recording, of another version, or damaged; a last input
   *     that was cut off by a crash is left out
   */
  public static long replay(Path file, Visitor visitor) throws IOException {
    ObjectMapper mapper = RecordingFormat.smile();
    try (JsonParser parser = mapper.createParser(file.toFile())) {
      Header header = header(file, mapper, parser);
      Protocol protocol = new Protocol(header.group(), header.number());
      State state = header.state();
      long count = 0;
      MappingIterator<Recorded> inputs = mapper.readerFor(Recorded.class).readValues(parser);
      for (Recorded recorded = next(inputs); recorded != null; recorded = next(inputs)) {
        Step step = protocol.step(state, recorded.input(), recorded.nowNanos());
        visitor.transition(header.number(), recorded.nowNanos(), state, recorded.input(), step);
        state = step.state();
        count++;
      }
      return count;
    } catch (JsonProcessingException | IllegalArgumentException | IllegalStateException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static Header header(Path file, ObjectMapper mapper, JsonParser parser)
      throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new IOException(file + " is no recording, it is empty");
      }
      Header header = mapper.readValue(parser, Header.class);
      if (header.version() != RecordingFormat.VERSION) {
        throw new IOException(
            file
                + " has version "
                + header.version()
                + " of the recording format, this reads version "
                + RecordingFormat.VERSION);
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + " is no recording, or ends in its header: " + e.getOriginalMessage(), e);
    }
  }

  /** The next whole input; null at the end, and for one that a crash cut off. */
  private static @Nullable Recorded next(MappingIterator<Recorded> inputs) throws IOException {
    try {
      return inputs.hasNextValue() ? inputs.nextValue() : null;
    } catch (JsonProcessingException e) {
      if (isCutOff(e)) {
        return null;
      }
      throw e;
    }
  }

  /** Inside a value the parser tells an early end only by its message. */
  private static boolean isCutOff(JsonProcessingException e) {
    return e.getOriginalMessage().contains("end-of-input");
  }

  /** The number of a segment's file; 0 for any other file. */
  static long segmentOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.startsWith(RecordingFormat.PREFIX) || !name.endsWith(RecordingFormat.SUFFIX)) {
      return 0;
    }
    try {
      return Long.parseLong(
          name.substring(
              RecordingFormat.PREFIX.length(), name.length() - RecordingFormat.SUFFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
