package org.mastership.harness.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What is read without the JSON library is what the library would have read. */
class PlainLineTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final PlainLine plain = new PlainLine();

  private Optional<JsonNode> read(String line) {
    ObjectNode entry = JSON.createObjectNode();
    int length = line.getBytes(UTF_8).length;
    byte[] bytes = ("{}\n" + line + "\"}],0").getBytes(UTF_8); // what is before and behind the line
    int end = plain.read(bytes, 3, 3 + length, entry::set);
    return end == 3 + length ? Optional.of(entry) : Optional.empty();
  }

  @Example
  void linesAsTheHarnessWritesThemArePlain() throws Exception {
    for (String line :
        new String[] {
          "{\"process\":3,\"type\":\"ok\",\"f\":\"cas\",\"key\":\"k\",\"value\":[1,-2],\"time\":0}",
          "{\"process\":999999999999999999,\"key\":\"\",\"value\":null,\"a\":[]}",
          "{ \"process\" : 1 , \"value\" : [ null , \"x\" ] }\r"
        }) {
      assertThat(read(line)).as(line).contains(JSON.readTree(line));
    }
  }

  @Example
  void whatIsNotPlainIsLeftToTheLibrary() {
    for (String line :
        new String[] {
          "{\"value\":1.5}",
          "{\"value\":1e3}",
          "{\"value\":9223372036854775807}",
          "{\"value\":-0}",
          "{\"value\":01}",
          "{\"value\":\"a\\n\"}",
          "{\"value\":\"\u00e9\"}",
          "{\"value\":{}}",
          "{\"value\":[[]]}",
          "{\"value\":true}",
          "{\"value\":nul",
          "{\"value\":\"a",
          "{\"value\":1",
          "{\"value\":1}{}",
          "{\"value\":1,}",
          "{,}",
          "{}",
          "[]",
          "1",
          "",
          "{\"value\":[1,]}",
        }) {
      assertThat(read(line)).as(line).isEmpty();
    }
  }

  @Property(tries = 5000)
  void theLibrarySaysTheSame(@ForAll("lines") String line) {
    Optional<JsonNode> read = read(line);
    Statistics.label("plain").collect(read.isPresent());
    read.ifPresent(entry -> assertThat(byLibrary(line)).as(line).isEqualTo(entry));
  }

  private static JsonNode byLibrary(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw new AssertionError("only one takes this for JSON: " + line, e);
    }
  }

  /** Objects of all kinds of values, half of them with one character changed. */
  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> usual =
        Arbitraries.of("0", "7", "-1", "null", "\"\"", "\"ok\"", "\"a b\"", "123456789012345678");
    Arbitrary<String> unusual =
        Arbitraries.of(
            "-0",
            "01",
            "1.0",
            "1e2",
            "true",
            "nul",
            "\"\\\"\"",
            "\"\\u0041\"",
            "\"\u00fc\"",
            "1234567890123456789",
            "\"" + "long".repeat(20) + "\"",
            "{}",
            "{\"f\":1}");
    Arbitrary<String> atom = Arbitraries.frequencyOf(Tuple.of(9, usual), Tuple.of(1, unusual));
    Arbitrary<String> array =
        atom.list().ofMaxSize(3).map(elements -> "[" + String.join(", ", elements) + "]");
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of("process", "type", "f", "key", "value", "time", "x y"),
                Arbitraries.frequencyOf(Tuple.of(4, atom), Tuple.of(1, array)))
            .as((name, value) -> "\"" + name + "\":" + value);
    Arbitrary<String> whole =
        field.list().ofMinSize(1).ofMaxSize(4).map(fields -> "{" + String.join(",", fields) + "}");
    Arbitrary<String> changed =
        Combinators.combine(
                whole,
                Arbitraries.integers().between(0, 200),
                Arbitraries.of("", "\"", ",", "}", " ", "\t", "1", "-", "n", "[", "]", "\\"))
            .as(PlainLineTest::changed);
    return Arbitraries.oneOf(whole, changed);
  }

  private static String changed(String line, int at, String by) {
    int place = at % line.length();
    return line.substring(0, place) + by + line.substring(place + 1);
  }
}
