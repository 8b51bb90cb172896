package org.mastership.harness.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.checker.TwoMasters;
import org.mastership.harness.history.HistoryReader;

/**
 * What the files of a run say, as a page shows it. Times are ms since the run began.
 *
 * @param name of its folder
 * @param summary what {@code run.json} says
 * @param faults what went wrong
 * @param tenures when which server was master
 * @param twoMasters when two of them were, in ns
 * @param load what clients asked and were told
 */
record RunData(
    String name,
    RunSummary summary,
    List<FaultBand> faults,
    List<Tenure> tenures,
    List<TwoMasters> twoMasters,
    Load load) {
  RunData {
    faults = List.copyOf(faults);
    tenures = List.copyOf(tenures);
    twoMasters = List.copyOf(twoMasters);
  }

  /**
   * Reads a run. One that was killed has no end, and may lack files.
   *
   * @throws IOException if it is no folder of a run; says what is wrong
   */
  static RunData read(Path folder) throws IOException {
    RunSummary summary = RunSummary.read(folder);
    Load load = new Load();
    Path history = folder.resolve("history.jsonl");
    if (Files.exists(history)) {
      HistoryReader.plain().read(history, load);
    }
    long originNanos = summary.json().path("originNanos").asLong();
    List<Observation> masterships = Masterships.read(folder, originNanos);
    return new RunData(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        summary,
        FaultBand.read(folder.resolve("faults.jsonl")),
        Tenure.of(masterships),
        TwoMasters.of(masterships),
        load.since(originNanos));
  }

  /** The last ms of which anything is known. */
  double endMillis() {
    double end = summary.json().path("endedNanos").asLong() / 1e6;
    if (end == 0 || load.lastMillis() > 0) {
      end = load.lastMillis();
      for (Tenure tenure : tenures) {
        end = Math.max(end, tenure.toMillis());
      }
      for (FaultBand fault : faults) {
        end = Math.max(end, fault.lastMillis());
      }
    }
    return Math.max(end, 1);
  }

  /** The first ms at which anything happened. */
  double beginMillis() {
    double begin = load.isEmpty() ? endMillis() : load.firstMillis();
    for (Tenure tenure : tenures) {
      begin = Math.min(begin, tenure.fromMillis());
    }
    return Math.max(0, Math.min(begin, endMillis() - 1));
  }
}
