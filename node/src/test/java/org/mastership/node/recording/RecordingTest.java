package org.mastership.node.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.Role;
import org.mastership.core.State;
import org.mastership.node.config.ConfigurationReader;
import org.mastership.node.config.ServerConfiguration;

/** Three servers elect a master, which serves requests; their inputs are recorded. */
class RecordingTest {
  private static final int INPUTS = 2000;

  @TempDir private Path folder;

  private final List<ServerConfiguration> servers = new ArrayList<>();

  @BeforeEach
  void threeServers() throws Exception {
    configure("64MiB");
  }

  @Test
  void aReplayGoesThroughTheSameStates() throws Exception {
    RecordedGroup group = record(INPUTS);

    for (int number = 1; number <= 3; number++) {
      assertThat(replayed(file(number))).isEqualTo(group.after.get(number - 1));
    }
    assertThat(group.after.get(0)).anyMatch(state -> state.role() == Role.MASTER);
  }

  @Test
  void anInputThatACrashCutOffIsLeftOut() throws Exception {
    List<State> whole = record(INPUTS).after.get(0);
    byte[] bytes = Files.readAllBytes(file(1));

    for (int cut = 1; cut < 400; cut += 7) {
      Files.write(file(1), Arrays.copyOf(bytes, bytes.length - cut));
      List<State> replayed = replayed(file(1));

      assertThat(replayed).as("%d bytes cut off", cut).isEqualTo(whole.subList(0, replayed.size()));
      assertThat(replayed).hasSizeBetween(whole.size() - 1 - cut / 20, whole.size() - 1);
    }
  }

  @Test
  void whatIsNoRecordingIsRefused() throws Exception {
    Path file = folder.resolve("other");
    for (String text : List.of("no recording", "{\"version\":1}", "[]")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> replayed(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " is no recording, or ends in its header: ");
    }
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> replayed(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is no recording, it is empty");
  }

  @Test
  void aRecordingThatEndsInItsHeaderIsRefused() throws Exception {
    record(INPUTS);
    Files.write(file(1), Arrays.copyOf(Files.readAllBytes(file(1)), 100));

    assertThatThrownBy(() -> replayed(file(1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file(1) + " is no recording, or ends in its header: ");
  }

  @Test
  void aRecordingOfAnotherVersionIsRefused() throws Exception {
    record(INPUTS);
    ObjectMapper mapper = RecordingFormat.smile();
    byte[] bytes = Files.readAllBytes(file(1));
    ObjectNode header = (ObjectNode) mapper.readTree(bytes);
    Files.write(file(1), mapper.writeValueAsBytes(header.put("version", 2)));

    assertThatThrownBy(() -> replayed(file(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(file(1) + " has version 2 of the recording format, this reads version 1");
  }

  @Test
  void aChangedByteNeverEndsInAnythingButAnIoException() throws Exception {
    record(INPUTS);
    byte[] bytes = Files.readAllBytes(file(1));
    int refused = 0;
    for (int at = 5; at < bytes.length; at += 211) {
      byte[] changed = bytes.clone();
      changed[at] ^= 0x40;
      Files.write(file(1), changed);
      try {
        replayed(file(1));
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(file(1).toString());
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(5);
  }

  @Test
  void aRecordingKeepsToItsRoom() throws Exception {
    configure("40KiB");

    record(6 * INPUTS);

    List<Path> segments = segments(1);
    assertThat(segments).hasSize(2);
    for (Path segment : segments) {
      assertThat(Files.size(segment)).isLessThan(40 << 10);
      assertThat(replayed(segment)).isNotEmpty();
    }
  }

  @Test
  void nothingIsRecordedWhereTheConfigurationSaysSo() throws Exception {
    configure("0B");

    record(INPUTS);

    assertThat(servers.get(0).data().resolve("recording")).doesNotExist();
  }

  @Test
  void aTransitionIsALineForPeopleAndAnObjectForPrograms() throws Exception {
    record(INPUTS);
    TransitionText lines = TransitionText.lines();
    TransitionText json = TransitionText.json();
    ObjectMapper mapper = new ObjectMapper();
    List<String> texts = new ArrayList<>();

    Recording.replay(
        file(1),
        (number, now, before, input, step) -> {
          texts.add(lines.of(number, now, before, input, step));
          JsonNode object = parsed(mapper, json.of(number, now, before, input, step));
          assertThat(object.get("server").asInt()).isEqualTo(1);
          assertThat(object.get("now").asLong()).isEqualTo(now);
          assertThat(object.get("state").get("executed").asLong())
              .isEqualTo(step.state().executed());
        });

    assertThat(texts).allSatisfy(line -> assertThat(line).doesNotContain("\n").startsWith("1 "));
    assertThat(texts.get(0)).contains("Connected[peer=2]").contains("| BACKUP ");
    assertThat(texts).anyMatch(line -> line.contains("| MASTER "));
  }

  private static JsonNode parsed(ObjectMapper mapper, String text) {
    try {
      return mapper.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private RecordedGroup record(int inputs) {
    List<Recorder> recorders = servers.stream().map(Recorder::open).toList();
    RecordedGroup group = new RecordedGroup(servers, recorders);
    group.run(inputs);
    recorders.forEach(Recorder::close);
    return group;
  }

  private static List<State> replayed(Path file) throws IOException {
    List<State> states = new ArrayList<>();
    long count =
        Recording.replay(file, (number, now, before, input, step) -> states.add(step.state()));
    assertThat(count).isEqualTo(states.size());
    return states;
  }

  private Path file(int number) throws IOException {
    return segments(number).get(0);
  }

  private List<Path> segments(int number) throws IOException {
    try (Stream<Path> files = Files.list(servers.get(number - 1).data().resolve("recording"))) {
      return files.sorted().toList();
    }
  }

  private void configure(String room) throws Exception {
    servers.clear();
    Path file = folder.resolve("group.yaml");
    Files.writeString(
        file,
        """
        group: example
        servers: [{name: a, address: "h:1"}, {name: b, address: "h:2"}, {name: c, address: "h:3"}]
        limits: { recorded_bytes: %s }
        """
            .formatted(room));
    for (String name : List.of("a", "b", "c")) {
      servers.add(ConfigurationReader.read(file, Optional.of(name)));
    }
  }
}
