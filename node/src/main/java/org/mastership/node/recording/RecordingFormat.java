package org.mastership.node.recording;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import java.io.IOException;
import org.mastership.core.Effect;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.State;

/**
 * The form of a recording: blocks ({@link BlockOutput}) that hold a header, then what was recorded,
 * one value after the other, in Smile, a binary form of JSON. Core's records are written as they
 * are, so that nothing here goes stale.
 */
final class RecordingFormat {
  /** "MREC". */
  static final int MAGIC = 0x4d524543;

  static final int VERSION = 3;

  private RecordingFormat() {}

  /** What a file begins with: all that is needed to run its inputs again. */
  record Header(int number, GroupConfiguration group, Beginning beginning, State state) {}

  /** One input and the clock that it was given with. */
  record Recorded(long nowNanos, Input input) {}

  /** Names the kind of a value of a sealed interface. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface Kinds {}

  static ObjectMapper smile() {
    return configured(new SmileFactory());
  }

  /** The same values as text. */
  static ObjectMapper json() {
    return configured(new JsonFactory());
  }

  private static ObjectMapper configured(JsonFactory factory) {
    ObjectMapper mapper = new ObjectMapper(factory);
    mapper.disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    mapper.setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE);
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    mapper.setVisibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY);
    for (Class<?> sealedType : new Class<?>[] {Input.class, Message.class, Effect.class}) {
      mapper.addMixIn(sealedType, Kinds.class);
      for (Class<?> kind : sealedType.getPermittedSubclasses()) {
        mapper.registerSubtypes(new NamedType(kind, kind.getSimpleName()));
      }
    }
    return mapper;
  }

  /** A value of a sealed interface with the name of its kind. */
  static JsonNode tree(ObjectMapper mapper, Object value, Class<?> sealedType) {
    try {
      return mapper.readTree(mapper.writerFor(sealedType).writeValueAsBytes(value));
    } catch (IOException e) {
      throw new IllegalStateException("a value of core can not be written as JSON", e);
    }
  }
}
