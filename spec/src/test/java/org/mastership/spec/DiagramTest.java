package org.mastership.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a reader sees of a counterexample. */
class DiagramTest {
  @Test
  void aMessageIsAnArrowWhereItArrivesAndTimeIsANote() {
    String message = "{[type |-> \"Declare\", from |-> 2, to |-> 1, epoch |-> <<2, 2>>]}";

    String diagram =
        Diagram.of(
            List.of(
                state("Init", "<<\"MASTER\", \"BACKUP\">>", "<<<<1, 1>>, <<1, 1>>>>", "{}"),
                state("Declare", "<<\"MASTER\", \"MASTER\">>", "<<<<1, 1>>, <<2, 2>>>>", message),
                state("Tick", "<<\"MASTER\", \"MASTER\">>", "<<<<1, 1>>, <<2, 2>>>>", message),
                state("Tick", "<<\"MASTER\", \"MASTER\">>", "<<<<1, 1>>, <<2, 2>>>>", message),
                state(
                    "Acknowledge", "<<\"BACKUP\", \"MASTER\">>", "<<<<2, 2>>, <<2, 2>>>>", "{}")));

    assertThat(diagram)
        .isEqualTo(
            """
            sequenceDiagram
              participant S1 as server 1
              participant S2 as server 2
              Note over S1: MASTER (1, 1)
              Note over S2: Declare, MASTER (2, 2)
              Note over S1,S2: 2 ticks pass
              S2->>S1: Declare (2, 2)
              Note over S1: Acknowledge, BACKUP (2, 2)
            """);
  }

  @Test
  void valuesAreReadAsTlcWritesThem() {
    assertThat(TlaText.value("<<1, [a |-> {TRUE, \"b\"}], (2 :> -1 @@ 3 :> x)>>"))
        .isEqualTo(List.of(1L, Map.of("a", Set.of(true, "b")), Map.of(2L, -1L, 3L, "x")));
  }

  @Test
  void whatIsNoValueIsRefused() {
    assertThatThrownBy(() -> TlaText.value("<<1, ")).hasMessageContaining("ends too early");
    assertThatThrownBy(() -> TlaText.value("1 2")).hasMessageContaining("more than one value");
    assertThatThrownBy(() -> TlaText.value("1 ;")).hasMessageContaining("no value");
  }

  private static TracedState state(String action, String role, String known, String net) {
    return new TracedState(action, Map.of("role", role, "known", known, "net", net));
  }
}
