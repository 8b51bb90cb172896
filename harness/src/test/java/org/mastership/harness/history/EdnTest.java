package org.mastership.harness.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdnTest {
  private static final int LONGEST = 2_000;

  @TempDir private Path folder;

  private static EdnReader reader(String text) {
    return new EdnReader(new StringReader(text), LONGEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nil                      | null
          [true false]             | [true,false]
          (1 -2 +3 4N)             | [1,-2,3,4]
          123456789012345678901    | 123456789012345678901
          [1.5 2e3 7M 1.5M]        | [1.5,2000.0,7.0,1.5]
          {:a 1, :b {:c [2]}}      | {":a":1,":b":{":c":[2]}}
          {1 :x nil :y}            | {"1":":x","null":":y"}
          #{3}                     | [3]
          #inst "2026-11-23"       | "2026-11-23"
          #a.b/C [#d{}]            | [[]]
          [\\a \\newline]          | ["a","newline"]
          "q\\"\\\\\\n\\u00e9"     | "q\\"\\\\\\né"
          ##Inf                    | "##Inf"
          [a/b :k/l ; no           | ["a/b",":k/l"]
          """)
  void valuesAreGivenAsJson(String edn, String json) throws Exception {
    EdnReader reader = reader(edn.endsWith("; no") ? "(" + edn + "\n])" : "(" + edn + ")");

    assertThat(reader.nextEntry()).isTrue();
    assertThat(reader.value()).hasToString(new ObjectMapper().readTree(json).toString());
    assertThat(reader.nextEntry()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ({:a)           | a value is missing before )
          ("a             | a string has no end
          ([1             | the file ends within an entry
          ("\\q")         | unknown escape \\q
          ("\\u12g4")     | \\u needs four hexadecimal digits
          (1) 2           | something follows the closing )
          ([#_ 1 2])      | discarded values, #_, are not understood here
          """)
  void whatIsNotEdnIsRefused(String edn, String problem) {
    EdnReader reader = reader(edn);

    assertThatThrownBy(
            () -> {
              while (reader.nextEntry()) {
                reader.value();
              }
            })
        .isInstanceOf(EdnReader.SyntaxException.class)
        .hasMessage(problem);
  }

  @Test
  void anEntryIsBoundedInLengthAndDepth() {
    for (String edn :
        List.of(
            "[".repeat(150), "{:a ".repeat(150), "\"" + "a".repeat(LONGEST), "a".repeat(1_500))) {
      assertThatThrownBy(() -> valueOf("{" + edn))
          .as(edn.substring(0, 9))
          .hasMessageMatching("nested deeper than 100|an entry is longer than 2000 .*|a name .*");
    }
  }

  private static void valueOf(String edn) throws Exception {
    EdnReader reader = reader(edn);
    reader.nextEntry();
    reader.value();
  }

  @Test
  void theBoundIsForEachEntryNotForTheFile() throws Exception {
    EdnReader reader = reader("{:a \"%s\"}\n".formatted("b".repeat(1_000)).repeat(5));

    int entries = 0;
    for (; reader.nextEntry(); entries++) {
      reader.value();
    }

    assertThat(entries).isEqualTo(5);
    assertThat(reader.line()).isEqualTo(6);
  }

  @Test
  void placesAreLinesWhereEachEntryHasItsOwn() throws IOException {
    Path file = folder.resolve("h.edn");
    Files.writeString(
        file,
        """
        ; a history
        {:process 0 :type :invoke :f :read}
        {:process 0 :type :ok :f :read :value 7} {:process 1 :type :invoke :f :read}
        """);

    assertThat(HistoryReader.operations(file).get(""))
        .extracting(Operation::invoked, Operation::completed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, 3L),
            org.assertj.core.groups.Tuple.tuple(4L, Operation.NEVER));
  }
}
