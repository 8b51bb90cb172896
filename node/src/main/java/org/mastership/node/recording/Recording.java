package org.mastership.node.recording;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.Protocol;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.node.recording.RecordingFormat.Header;
import org.mastership.node.recording.RecordingFormat.Recorded;

/** A recorded segment, run through the protocol again. */
public final class Recording {
  private Recording() {}

  /** Is given what a segment holds, in order. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * The segment begins.
     *
     * @param group the server's group
     * @param number the server's number
     * @param beginning how it follows the segment before it
     * @throws IOException if the visitor needs another beginning
     */
    default void begins(GroupConfiguration group, int number, Beginning beginning)
        throws IOException {}

    /**
     * One transition.
     *
     * @param number the server's number
     * @param nowNanos its clock
     */
    void transition(int number, long nowNanos, State before, Input input, Step step);

    /** The file ends within inputs that a crash of the server cut off; they are left out. */
    default void cutOff() {}
  }

  /**
   * Runs the recorded inputs of a file through the protocol again.
   *
   * @return how many transitions that were
   * @throws IOException if the file is no recording, of another version, or damaged; the
   *     transitions before the damage have been visited
   */
  public static long replay(Path file, Visitor visitor) throws IOException {
    ObjectMapper mapper = RecordingFormat.smile();
    try (BlockInput blocks = BlockInput.open(file);
        JsonParser parser = mapper.createParser(blocks)) {
      long count = 0;
      if (parser.nextToken() != null) {
        count = replay(mapper, parser, visitor);
      }
      if (blocks.cutOff()) {
        visitor.cutOff();
      }
      return count;
    } catch (JsonProcessingException | IllegalArgumentException | IllegalStateException e) {
      throw new IOException(
          file
              + " can not be replayed; was it recorded by another version of this program? "
              + e.getMessage(),
          e);
    }
  }

  private static long replay(ObjectMapper mapper, JsonParser parser, Visitor visitor)
      throws IOException {
    Header header = mapper.readValue(parser, Header.class);
    visitor.begins(header.group(), header.number(), header.beginning());
    Protocol protocol = new Protocol(header.group(), header.number());
    State state = header.state();
    long count = 0;
    MappingIterator<Recorded> inputs = mapper.readerFor(Recorded.class).readValues(parser);
    while (inputs.hasNextValue()) {
      Recorded recorded = inputs.nextValue();
      Step step = protocol.step(state, recorded.input(), recorded.nowNanos());
      visitor.transition(header.number(), recorded.nowNanos(), state, recorded.input(), step);
      state = step.state();
      count++;
    }
    return count;
  }
}
