package org.mastership.node.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.mastership.core.Effect;
import org.mastership.core.Input;
import org.mastership.core.State;
import org.mastership.node.recording.RecordingFormat.Recorded;

/** Whatever core may say comes out of a recording as it went in. */
class RecordingFormatPropertyTest {
  private static final ObjectMapper SMILE = RecordingFormat.smile();
  private static final ObjectMapper JSON = RecordingFormat.json();

  @Property
  void anyInputIsReadAsItWasWritten(@ForAll long seed) throws IOException {
    Recorded recorded = new Recorded(seed, new RandomValues(seed).of(Input.class));

    assertThat(SMILE.readValue(SMILE.writeValueAsBytes(recorded), Recorded.class))
        .isEqualTo(recorded);
  }

  @Property
  void anyStateIsReadAsItWasWritten(@ForAll long seed) throws IOException {
    State state = new RandomValues(seed).of(State.class);

    for (ObjectMapper mapper : List.of(SMILE, JSON)) {
      assertThat(mapper.readValue(mapper.writeValueAsBytes(state), State.class)).isEqualTo(state);
    }
  }

  @Property
  void anyEffectNamesItsKind(@ForAll long seed) {
    Effect effect = new RandomValues(seed).of(Effect.class);

    assertThat(RecordingFormat.tree(JSON, effect, Effect.class).path("kind").asText())
        .isEqualTo(effect.getClass().getSimpleName());
  }
}
