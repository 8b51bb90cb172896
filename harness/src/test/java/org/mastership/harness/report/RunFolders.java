package org.mastership.harness.report;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mastership.core.Epoch;
import org.mastership.harness.history.Event;
import org.mastership.harness.history.EventWriter;

/** Folders as a run leaves them. */
final class RunFolders {
  static final long SECOND = 1_000_000_000;
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>";
  private static final long ORIGIN = 77 * SECOND;
  private static final long MILLI = 1_000_000;

  private RunFolders() {}

  /**
   * A run under TIMED of 20 s. In the first fault two servers are master, which it explains; in a
   * later second nothing is answered.
   */
  static Path timed(Path parent, String name) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    Files.writeString(folder.resolve("run.json"), run(true));
    Files.writeString(
        folder.resolve("faults.jsonl"),
        """
        {"fault":1,"type":"begins","time":5000000000,"kind":"halves","servers":[1,2],"text":"s1 | s2 s3"}
        {"fault":1,"type":"ends","time":9000000000}
        {"fault":2,"type":"begins","time":14000000000,"kind":"crash","servers":[2],"text":"%s"}
        """
            .formatted(HOSTILE));
    try (EventWriter masterships = new EventWriter(folder.resolve("mastership.jsonl"))) {
      for (long at = SECOND; at < 20 * SECOND; at += 10 * MILLI) {
        observe(masterships, 1, at < 14 * SECOND ? new Epoch(1, 1) : Epoch.NONE, at);
        observe(
            masterships,
            2,
            at > 6 * SECOND && at < 9_040 * MILLI ? new Epoch(2, 2) : Epoch.NONE,
            at);
        observe(masterships, 3, at > 15 * SECOND ? new Epoch(3, 3) : Epoch.NONE, at);
      }
    }
    try (EventWriter history = new EventWriter(folder.resolve("history.jsonl"))) {
      for (long at = SECOND; at < 20 * SECOND; at += 5 * MILLI) {
        Event asked =
            new Event(1, Event.Type.INVOKE, "put", "k", new TextNode("v" + at), ORIGIN + at);
        history.write(asked);
        boolean lost = at > 14 * SECOND && at < 15 * SECOND;
        history.write(
            new Event(
                1,
                lost ? Event.Type.INFO : Event.Type.OK,
                "put",
                "k",
                NullNode.getInstance(),
                ORIGIN + at + 2 * MILLI));
      }
    }
    return folder;
  }

  private static void observe(EventWriter out, long server, Epoch epoch, long at)
      throws IOException {
    if (!epoch.equals(Epoch.NONE)) {
      out.write(new Event(server, Event.Type.INVOKE, "master", "", NullNode.getInstance(), at));
      out.write(
          new Event(server, Event.Type.OK, "master", "", LongNode.valueOf(epoch.token()), at + 1));
    }
  }

  /** A run that was killed: no end, and last lines that are cut off. */
  static Path killed(Path parent, String name) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    Files.writeString(folder.resolve("run.json"), run(false));
    Files.writeString(
        folder.resolve("history.jsonl"),
        """
        {"process":1,"type":"invoke","f":"get","key":"k","value":null,"time":78000000000}
        {"process":1,"type":"ok","f":"get","key":"k","value":"","time":78002000000}
        {"process":1,"type":"invoke","f":"get","key":"k","val\
        """);
    Path servers = Files.createDirectories(folder.resolve("servers"));
    Files.writeString(
        servers.resolve("s1.1.observations"),
        "77900000000 77900000900 0\n78000000000 78000000900 %1$d\n78010000000 78010000900 %1$d\n780"
            .formatted(new Epoch(1, 1).token()));
    Files.writeString(
        folder.resolve("faults.jsonl"),
        """
        {"fault":1,"type":"begins","time":900000000,"kind":"pause","servers":[1],"text":"s1"}
        {"fault":1,"type":"en\
        """);
    return folder;
  }

  private static String run(boolean ended) {
    String end =
        """
        , "endedNanos": 20500000000, "clean": false,
          "findings": [
            {"what": "mastership", "verdict": "not linearizable, as timed allows", "isGood": true,
             "sentence": "fault 1 explains it", "explanation": [
               "s2 was master with token 510 between 83000000000 and 83000000001",
               "s1 was master with token 254 between 83010000000 and 83010000001"]},
            {"what": "registers", "verdict": "not linearizable", "isGood": false,
             "sentence": "key k: nobody wrote that %s", "explanation": [
               "process 1: put \\"a\\" of k -> null   (lines 3 to 6)",
               "process 2: get of k -> \\"b\\"   (lines 4 to 9)",
               "process 3: put \\"c\\" of k, never answered   (from line 5)"]}],
          "figures": {"answered requests": 3600.0, "availability %% during faults": 93.4}
        """
            .formatted(HOSTILE);
    return """
        {"settings": {"ground": "processes", "servers": 3, "guarantee": "timed",
          "workloads": ["REGISTERS", "LIST_APPEND"], "faults": ["halves", "crash"],
          "durationNanos": 20000000000, "seed": 5, "clients": 1},
         "startedAt": "2026-01-02T03:04:05Z", "originNanos": 77000000000
        """
        + (ended ? end : "")
        + "}";
  }
}
