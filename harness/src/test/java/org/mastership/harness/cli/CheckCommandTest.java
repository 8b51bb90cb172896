package org.mastership.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CheckCommandTest {
  private static final List<String> MODELS =
      List.of("cas-register", "register", "kv", "counter", "list-append", "mastership");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("history.jsonl");
  }

  private int run(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  private int check(String model, String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
    return run("check", "--model", model, file);
  }

  /** Histories with known verdicts; a file's name begins with its model. */
  static Stream<Path> files(String folder) throws IOException, URISyntaxException {
    Path histories = Path.of(CheckCommandTest.class.getResource("/histories/" + folder).toURI());
    try (Stream<Path> files = Files.list(histories)) {
      return files.sorted().toList().stream();
    }
  }

  static Stream<Path> good() throws IOException, URISyntaxException {
    return files("good");
  }

  static Stream<Path> bad() throws IOException, URISyntaxException {
    return files("bad");
  }

  private static String model(Path file) {
    return MODELS.stream()
        .filter(model -> file.getFileName().toString().startsWith(model))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("good")
  void aGoodHistoryIsLinearizable(Path history) {
    assertThat(run("check", "--model", model(history), history)).as("%s", err).isEqualTo(0);
    assertThat(out.toString()).isEqualToIgnoringNewLines("linearizable");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadOneIsNotAndItIsSaidWhy(Path history) {
    assertThat(run("check", "--model", model(history), history)).as("%s", err).isEqualTo(1);
    assertThat(out.toString().lines())
        .startsWith("not linearizable")
        .hasSizeBetween(3, 9)
        .anySatisfy(line -> assertThat(line).startsWith("  process "));
  }

  @Test
  void theWitnessIsTheOrderFound() throws IOException, URISyntaxException {
    Path witness = folder.resolve("witness.jsonl");
    Path history = good().filter(each -> each.endsWith("cas-register-jepsen.edn")).toList().get(0);

    run("check", "--model", "cas-register", "--witness", witness, history);

    List<JsonNode> order =
        new ObjectMapper()
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(witness.toFile())
            .readAll();
    assertThat(order)
        .extracting(each -> each.path("f").asText())
        .containsExactly("read", "write", "cas", "read");
    assertThat(order.get(2).toString())
        .isEqualTo("{\"key\":\"\",\"process\":1,\"f\":\"cas\",\"argument\":[3,4],\"asked\":7}");
    assertThat(order.get(3).path("answered").asInt()).isEqualTo(10);
  }

  @Test
  void theWitnessOfMastershipsFollowsTheEpochs() throws IOException, URISyntaxException {
    Path witness = folder.resolve("witness.jsonl");
    Path history = good().filter(each -> each.toString().contains("hand-over")).toList().get(0);

    run("check", "--model", "mastership", "--witness", witness, history);

    assertThat(Files.readAllLines(witness))
        .extracting(line -> line.replaceAll(".*\"result\":(\\d+).*", "$1"))
        .containsExactly("7", "7", "9");
  }

  @Test
  void unknownIsSaidWithTheReason() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      lines.add(increment(i, "invoke", 1 << i));
    }
    for (int i = 0; i < 8; i++) {
      lines.add(increment(i, "ok", 1 << i));
    }
    lines.add("{'process':9,'type':'invoke','f':'read'}".replace('\'', '"'));
    lines.add("{'process':9,'type':'ok','f':'read','value':17}".replace('\'', '"'));
    check("counter", lines.toArray(String[]::new));
    assertThat(out.toString()).startsWith("not linearizable");
    out.getBuffer().setLength(0);

    assertThat(run("check", "--model", "counter", "--configurations", "9", file)).isEqualTo(2);
    assertThat(out.toString()).startsWith("unknown: ").contains("more than 9 configurations");
  }

  private static String increment(int process, String type, int by) {
    return "{\"process\":%d,\"type\":\"%s\",\"f\":\"incr\",\"value\":%d}"
        .formatted(process, type, by);
  }

  @Test
  void independentKeysOfJepsenAreTakenApart() throws IOException {
    Files.writeString(
        file,
        """
        {:process 0, :type :invoke, :f :write, :value [1 "a"]}
        {:process 0, :type :ok, :f :write, :value [1 "a"]}
        {:process 0, :type :invoke, :f :read, :value [2 nil]}
        {:process 0, :type :ok, :f :read, :value [2 nil]}
        """);

    assertThat(run("check", "--model", "register", "--independent", file)).isZero();
    assertThat(run("check", "--model", "register", file)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          register | {"process":1,"type":"invoke","f":"cas","value":[1,2]} | the model register has [read, write], not cas
          cas-register | {"process":1,"type":"invoke","f":"cas","value":1} | 'value' of 'cas' has [the expected value, the new one], not 1
          kv | {"process":1,"type":"invoke","f":"append","value":1} | 'value' of 'append' has a text, not 1
          counter | {"process":1,"type":"invoke","f":"incr","value":"x"} | 'value' of 'incr' has a whole number, not "x"
          register | {"process":1,"type":"ok","f":"read","value":1} | process 1 has not asked read
          register | [1] | an entry must be a map, not 1
          register | {"process":1,"type":"invoke"} | 'f' must be a string
          register | {"process":1.5,"type":"invoke","f":"read"} | 'process' must be a number
          register | {:process 1 :type :invoke :f} | is not EDN: a value is missing before }
          mastership | {"process":1,"type":"invoke","f":"master"} {} | has something after its object
          """)
  void whatIsNoHistoryIsRefusedWithItsLine(String model, String line, String problem)
      throws IOException {
    String before = line.startsWith("{:") ? "" : "\n";

    assertThat(check(model, before + line)).as("%s", out).isEqualTo(64);
    assertThat(err.toString()).contains(file + ", line " + (1 + before.length()) + ": ");
    assertThat(err.toString()).contains(problem);
  }

  @Test
  void aWrongAnswerIsRefusedWithTheLineOfTheAnswer() throws IOException {
    assertThat(
            check(
                "list-append",
                "{\"process\":1,\"type\":\"invoke\",\"f\":\"read\"}",
                "{\"process\":1,\"type\":\"ok\",\"f\":\"read\",\"value\":3}"))
        .isEqualTo(64);
    assertThat(err.toString()).contains("line 2: 'value' of 'read' tells a list, not 3");
  }

  @Test
  void whatTheCommandLineLacksIsSaid() {
    assertThat(run("check", "--model", "queue", file)).isEqualTo(64);
    assertThat(run("check", "--model", "register", file)).isEqualTo(64);
    assertThat(err.toString()).contains("there is no such file");
    assertThat(run("check", "--model", "register", "--seconds", "0", file)).isEqualTo(64);
  }

  @Test
  void ofSeveralFilesEachIsJudgedAndTheWorstIsTheStatus() throws IOException, URISyntaxException {
    List<Path> good = good().filter(each -> model(each).equals("counter")).toList();
    List<Path> bad = bad().filter(each -> model(each).equals("counter")).toList();

    assertThat(run("check", "--model", "counter", bad.get(0), good.get(0))).isEqualTo(1);
    assertThat(out.toString())
        .contains(bad.get(0) + ": not linearizable", good.get(0) + ": linearizable");
    assertThat(run("check", "--model", "counter", "--witness", file, bad.get(0), good.get(0)))
        .isEqualTo(64);
  }

  @Test
  void exampleMakesSeveralHistories() throws IOException {
    assertThat(run("example", "--files", "3", "--seed", "7", "--lost", "20", file)).isZero();

    assertThat(folder).isDirectoryContaining("glob:**/9-history.jsonl");
    assertThat(
            run(
                "check",
                "--model",
                "register",
                folder.resolve("7-history.jsonl"),
                folder.resolve("8-history.jsonl"),
                folder.resolve("9-history.jsonl")))
        .isZero();
    assertThat(run("example", "--lost", "101", file)).isEqualTo(64);
  }
}
