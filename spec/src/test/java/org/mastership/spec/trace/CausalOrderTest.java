package org.mastership.spec.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mastership.spec.trace.TraceFile.Group;

/**
 * Servers 1, 2 and 3 were recorded each in a file; what was sent just before a crash may be lost.
 */
class CausalOrderTest {
  private static final Group GROUP = new Group(3, true, true, 1, 1, false);

  private static TraceFile file(int server, String... lines) {
    String[] whole =
        Arrays.stream(lines).map(line -> line.formatted(server)).toArray(String[]::new);
    return new TraceFile(Path.of("s" + server), GROUP, List.of(whole));
  }

  private static CausalOrder of(TraceFile... files) throws IOException {
    return new CausalOrder(List.of(files));
  }

  private static String begin() {
    return "[server |-> %d, input |-> \"Begin\"]";
  }

  private static String send(String text, int from, int to) {
    return "[server |-> %d, input |-> \"Tick\", out |-> {" + message(text, from, to) + "}]";
  }

  private static String receive(String text, int from, int to) {
    return "[server |-> %d, input |-> \"Received\", message |-> " + message(text, from, to) + "]";
  }

  private static String message(String text, int from, int to) {
    return "[body |-> \"" + text + "\", from |-> " + from + ", to |-> " + to + "]";
  }

  /** The order that was found, a server and a line for each transition. */
  private static List<String> order(CausalOrder order) throws IOException {
    List<String> found = new ArrayList<>();
    for (Transition next = order.next(); next != null; next = order.next()) {
      found.add(next.server() + ":" + next.line());
    }
    return found;
  }

  @Test
  void aMessageIsReceivedAfterItWasSent() throws IOException {
    CausalOrder order =
        of(
            file(1, begin(), receive("a", 2, 1), send("b", 1, 3)),
            file(2, begin(), receive("c", 3, 2), send("a", 2, 1)),
            file(3, begin(), send("c", 3, 2), receive("b", 1, 3)));

    assertThat(order(order))
        .containsExactly("1:2", "2:2", "3:2", "3:3", "2:3", "2:4", "1:3", "1:4", "3:4");
    assertThat(order.unrecorded()).isZero();
  }

  /** The receiver had to wait for something else until the sender had started again. */
  @Test
  void aMessageLostInACrashIsLetThroughAlsoAfterItsSenderStartedAgain() throws IOException {
    CausalOrder order =
        of(
            file(1, begin(), receive("lost", 2, 1), receive("new", 2, 1), end()),
            file(2, begin(), send("old", 2, 1), begin(), send("new", 2, 1), end()));

    assertThat(order(order)).containsExactly("1:2", "2:2", "2:3", "2:4", "2:5", "1:3", "1:4");
    assertThat(order.unrecorded()).isEqualTo(1);
  }

  @Test
  void nothingFromBeforeACrashArrivesAfterSomethingFromAfterIt() throws IOException {
    CausalOrder order =
        of(
            file(1, begin(), receive("new", 2, 1), receive("lost", 2, 1)),
            file(2, begin(), begin(), send("new", 2, 1), receive("never", 3, 2)),
            file(3, begin(), receive("never", 1, 3)));

    assertThat(order(order)).doesNotContain("1:4");
    assertThat(order.waiting().get(0).line()).isEqualTo(4);
  }

  /** What is sent again in the same words is no sign of the new start. */
  @Test
  void aMessageThatWasAlsoSentBeforeTheCrashDoesNotTellTheStartsApart() throws IOException {
    CausalOrder order =
        of(
            file(1, begin(), receive("same", 2, 1), receive("lost", 2, 1), end()),
            file(2, begin(), send("same", 2, 1), begin(), send("same", 2, 1), end()),
            file(3, begin(), end()));

    assertThat(order(order)).contains("1:4");
    assertThat(order.unrecorded()).isEqualTo(1);
  }

  @Test
  void aServerThatDidNotCrashLosesNothing() throws IOException {
    CausalOrder order =
        of(file(1, begin(), receive("lost", 2, 1)), file(2, begin(), end()), file(3, end()));

    assertThat(order(order)).doesNotContain("1:3");
  }

  @Test
  void whatAServerSentLastMayBeLost() throws IOException {
    CausalOrder order = of(file(1, begin(), receive("lost", 2, 1)), file(2, begin()));

    assertThat(order(order)).containsExactly("1:2", "2:2", "1:3");
    assertThat(order.unrecorded()).isEqualTo(1);
  }

  /** A transition that never comes, so that a file does not end. */
  private static String end() {
    return receive("never", 1, 2);
  }
}
