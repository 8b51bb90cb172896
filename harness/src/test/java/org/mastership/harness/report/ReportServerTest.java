package org.mastership.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server of reports gives, and to whom it gives nothing. */
class ReportServerTest {
  @TempDir private Path folder;

  /** Says it as it is: a client of the JDK would mend the path. */
  private static String get(ReportServer server, String method, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              (method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theIndexHasEachRunAndEachRunItsPage() throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    RunFolders.timed(runs, "one");
    RunFolders.killed(runs, "two");
    Files.createDirectory(runs.resolve("broken"));
    Files.writeString(runs.resolve("broken").resolve("run.json"), "no JSON");
    try (ReportServer server = ReportServer.start(runs, 0)) {
      assertThat(get(server, "GET", "/"))
          .contains("/run/one")
          .contains("/run/two")
          .contains("did not end")
          .contains("unreadable")
          .contains("registers: not linearizable");
      assertThat(get(server, "GET", "/run/one"))
          .startsWith("HTTP/1.1 200")
          .contains("id=\"chart\"");
      assertThat(get(server, "GET", "/run/broken"))
          .startsWith("HTTP/1.1 500")
          .contains("this run can not be shown");
    }
  }

  @Test
  void nothingOutsideOfTheFolderIsGiven() throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    RunFolders.timed(folder, "secret");
    try (ReportServer server = ReportServer.start(runs, 0)) {
      for (String path :
          new String[] {
            "/run/../secret",
            "/run/%2e%2e/secret",
            "/run/..%2fsecret",
            "/run/",
            "/run/.",
            "/etc/passwd",
            "/run/" + "a".repeat(5000)
          }) {
        assertThat(get(server, "GET", path)).as(path).startsWith("HTTP/1.1 404");
      }
      assertThat(get(server, "POST", "/")).startsWith("HTTP/1.1 405");
    }
  }
}
