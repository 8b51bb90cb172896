package org.mastership.node.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.core.GroupConfiguration;
import org.mastership.core.Input;
import org.mastership.core.Role;
import org.mastership.core.State;
import org.mastership.core.Step;
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
  void inputsThatACrashCutOffAreLeftOutAndSaidToBe() throws Exception {
    List<State> whole = record(INPUTS).after.get(0);
    byte[] bytes = Files.readAllBytes(file(1));

    for (int left = 8; left < bytes.length; left += 997) {
      Files.write(file(1), Arrays.copyOf(bytes, left));
      Visits visits = visits(file(1));

      assertThat(visits.states).isEqualTo(whole.subList(0, visits.states.size()));
      assertThat(visits.cutOff).as("%d bytes left", left).isEqualTo(left > 8);
    }
  }

  @Test
  void whatIsNoRecordingIsRefused() throws Exception {
    Path file = folder.resolve("other");
    for (String text : List.of("", "no", "no recording", "{\"version\":1}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> replayed(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " is no recording");
    }
  }

  @Test
  void aRecordingOfAnotherVersionIsRefused() throws Exception {
    record(INPUTS);
    byte[] bytes = Files.readAllBytes(file(1));
    bytes[7]++;
    Files.write(file(1), bytes);

    assertThatThrownBy(() -> replayed(file(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file(1)
                + " has version 4 of the recording format, this program reads version 3; replay it"
                + " with the program that recorded it");
  }

  @Test
  void aChangedByteIsFoundWhereverItIs() throws Exception {
    record(INPUTS);
    byte[] bytes = Files.readAllBytes(file(1));
    for (int at = 0; at < bytes.length; at += at < 64 ? 1 : 211) {
      byte[] changed = bytes.clone();
      changed[at] ^= 0x40;
      Files.write(file(1), changed);

      assertThatThrownBy(() -> replayed(file(1)))
          .as("byte %d", at)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file(1).toString());
    }
  }

  @Test
  void aRecordingKeepsToItsRoomAndItsSegmentsContinueEachOther() throws Exception {
    configure("1MiB");

    List<State> all = record(30 * INPUTS).after.get(0);

    List<Path> segments = segments(1);
    long bytes = 0;
    List<State> replayed = new ArrayList<>();
    for (Path segment : segments) {
      bytes += Files.size(segment);
      Visits visits = visits(segment);
      assertThat(visits.beginning).isEqualTo(Beginning.CONTINUED);
      assertThat(visits.states).isNotEmpty();
      replayed.addAll(visits.states);
    }
    assertThat(segments).hasSizeGreaterThan(1);
    assertThat(segments.get(0).getFileName().toString()).isGreaterThan("00000001.recording");
    assertThat(bytes).isBetween(256L << 10, 1L << 20);
    assertThat(replayed).isEqualTo(all.subList(all.size() - replayed.size(), all.size()));
  }

  @Test
  void aServerThatRestartsAgainAndAgainKeepsWhatItRecordedBefore() throws Exception {
    List<State> before = record(INPUTS).after.get(0);
    for (int restart = 0; restart < 5; restart++) {
      record(30);
    }

    assertThat(segments(1)).hasSize(6);
    assertThat(replayed(file(1))).isEqualTo(before);
    assertThat(visits(segments(1).get(5)).beginning).isEqualTo(Beginning.START);
  }

  @Test
  void inputsThatCouldNotBeRecordedLeaveAGapThatIsSeen() throws Exception {
    Recorder recorder =
        new Recorder(
            "a",
            1,
            servers.get(0).protocol(),
            new Segments(folder.resolve("gap"), 1 << 20),
            INPUTS / 10);
    RecordedGroup group = new RecordedGroup(servers, List.of(recorder, quiet(), quiet()));
    group.run(INPUTS);
    List<State> first = List.copyOf(group.after.get(0));
    recorder.start();
    Awaitility.await().until(recorder::isIdle);
    group.run(INPUTS / 10);
    recorder.close();
    List<State> all = group.after.get(0);

    List<Path> segments = segmentsOf(folder.resolve("gap"));
    Visits beforeGap = visits(segments.get(0));
    Visits afterGap = visits(segments.get(1));

    assertThat(beforeGap.states).isEqualTo(all.subList(0, INPUTS / 10));
    assertThat(afterGap.beginning).isEqualTo(Beginning.AFTER_GAP);
    assertThat(afterGap.states).isEqualTo(all.subList(first.size(), all.size()));
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
    assertThat(texts.get(0)).contains("Connected[peer=2]").contains("| peers[2].connected=true |");
    assertThat(texts).anyMatch(line -> line.contains("| role=MASTER mastership=master 1 in epoch"));
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

  private Recorder quiet() throws Exception {
    configure("0B");
    return Recorder.open(servers.get(0));
  }

  /** What is told of one segment. */
  private static final class Visits implements Recording.Visitor {
    private final List<State> states = new ArrayList<>();
    private @Nullable Beginning beginning;
    private boolean cutOff;

    @Override
    public void begins(GroupConfiguration group, int number, Beginning how) {
      beginning = how;
    }

    @Override
    public void transition(int number, long now, State before, Input input, Step step) {
      states.add(step.state());
    }

    @Override
    public void cutOff() {
      cutOff = true;
    }
  }

  private static Visits visits(Path file) throws IOException {
    Visits visits = new Visits();
    Recording.replay(file, visits);
    return visits;
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
    return segmentsOf(servers.get(number - 1).data().resolve("recording"));
  }

  private static List<Path> segmentsOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
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
