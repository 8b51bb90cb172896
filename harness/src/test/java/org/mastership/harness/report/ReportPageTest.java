package org.mastership.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.EventWriter;

/** What a page says, without a browser. */
class ReportPageTest {
  @TempDir private Path folder;

  @Test
  void theVerdictTheFindingsAndTheFiguresAreText() throws Exception {
    Path file = ReportPage.write(RunFolders.timed(folder, "run"));

    assertThat(file).hasFileName("report.html");
    assertThat(Files.readString(file))
        .contains("not clean")
        .contains("key k: nobody wrote that")
        .contains("availability % during faults")
        .contains("93.40")
        .contains(
            "mastership-harness run --ground processes --servers 3 --guarantee timed --workload"
                + " registers,list-append --faults halves,crash --duration 20 --seed 5 --clients 1");
  }

  @Test
  void twoMastersAreToldWithTheFaultThatExplainsThemAndHowLongTheyWereTwoAfterIt()
      throws Exception {
    RunData run = RunData.read(RunFolders.timed(folder, "run"));
    assertThat(TwoMastersNote.of(run.twoMasters(), run.faults()))
        .singleElement()
        .satisfies(
            two ->
                assertThat(two.text())
                    .contains("s1 in epoch 1.1 and s2 in epoch 2.2, from 6.01 s to 9.03 s")
                    .contains("fault 1 explains it, halves s1 | s2 s3")
                    .contains("one master again 30 ms after it had ended"));
  }

  @Test
  void whatARunSaysNeverBecomesPartOfThePage() throws Exception {
    String page = Files.readString(ReportPage.write(RunFolders.timed(folder, "run")));

    assertThat(page).doesNotContain("<img").doesNotContain("</script><");
    assertThat(page).contains("&lt;/script&gt;&lt;img");
    assertThat(page.split("</script>", -1)).as("the data's and the script's end").hasSize(3);
  }

  @Test
  void aPageRefersToNothingOutside() throws Exception {
    String page = Files.readString(ReportPage.write(RunFolders.timed(folder, "run")));

    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("src=\"")
        .doesNotContain("@import")
        .doesNotContain("url(\"");
  }

  @Test
  void aRunThatWasKilledIsShownAsOneThatDidNotEnd() throws Exception {
    String page = Files.readString(ReportPage.write(RunFolders.killed(folder, "run")));

    assertThat(page).contains("did not end").contains("stopped or killed").contains("not ended");
    assertThat(page).as("what s1 wrote itself").contains("<td>s1</td><td>1.1</td>");
  }

  @Test
  void aMillionEventsMakeAPageOfModestSize() throws Exception {
    Path run = RunFolders.killed(folder, "run");
    try (EventWriter history = new EventWriter(run.resolve("history.jsonl"))) {
      for (int i = 0; i < 500_000; i++) {
        long at = 78 * RunFolders.SECOND + i * 1_000_000L;
        history.write(new Event(1, Event.Type.INVOKE, "get", "k", NullNode.getInstance(), at));
        history.write(new Event(1, Event.Type.OK, "get", "k", NullNode.getInstance(), at + 500));
      }
    }

    assertThat(Files.size(ReportPage.write(run))).isLessThan(1 << 20);
  }

  @Test
  void aFolderThatIsNoRunIsRefusedInWords() throws Exception {
    assertThatThrownBy(() -> ReportPage.write(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it has no run.json");
    Files.writeString(folder.resolve("run.json"), "{\"settings\": 5}");
    assertThatThrownBy(() -> ReportPage.write(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not say what the run was");
  }
}
