package org.mastership.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real browser without a window, driven over its own debugging protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
  /** Where it is set to this, a machine without a browser fails the test. */
  private static final String REQUIRED = "required";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> loads = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;
  private long calls;

  private Browser(Process process, URI debugging) throws Exception {
    this.process = process;
    HttpRequest request =
        HttpRequest.newBuilder(debugging.resolve("/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    JsonNode page =
        MAPPER.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    this.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(page.path("webSocketDebuggerUrl").asText()), this)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    for (String domain : List.of("Page", "Runtime", "Log")) {
      call(domain + ".enable", Map.of());
    }
  }

  /** Whether a test without one may be left out. */
  static boolean isRequired() {
    return REQUIRED.equals(System.getenv("MASTERSHIP_BROWSER"));
  }

  /** The program, if this machine has one. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("browser"),
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Browser(process, debugging(process));
  }

  private static URI debugging(Process process) throws IOException {
    Pattern listening = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    BufferedReader errors = process.errorReader();
    for (String line = errors.readLine(); line != null; line = errors.readLine()) {
      Matcher matcher = listening.matcher(line);
      if (matcher.matches()) {
        Thread drain = new Thread(() -> errors.lines().forEach(rest -> {}), "browser");
        drain.setDaemon(true);
        drain.start();
        return URI.create("http://" + matcher.group(1));
      }
    }
    throw new IOException("the browser ended before it was ready");
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    long id = ++calls;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", MAPPER.valueToTree(parameters));
    socket.sendText(message.toString(), true);
    JsonNode result = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(result.path("error").isMissingNode()).as("%s: %s", method, result).isTrue();
    return result.path("result");
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      try {
        received(MAPPER.readTree(partial.toString()));
      } catch (IOException e) {
        problems.add("the browser said what is no JSON: " + e.getMessage());
      }
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void received(JsonNode message) {
    CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asLong());
    if (waiting != null) {
      waiting.complete(message);
    }
    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loads.add("loaded");
      case "Runtime.exceptionThrown" -> problems.add(message.toString());
      case "Log.entryAdded" -> problems.add(message.toString());
      default -> {}
    }
  }

  /** Opens a page and waits until it has loaded. */
  void open(String address) throws Exception {
    loads.clear();
    call("Page.navigate", Map.of("url", address));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !loads.isEmpty() && value("location.href").asText().equals(address));
  }

  /** The value of a script's expression. */
  JsonNode value(String expression) throws Exception {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    return answer.path("result").path("value");
  }

  long count(String selector) throws Exception {
    return value("document.querySelectorAll('" + selector + "').length").asLong();
  }

  void resize(int width, int height) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  void dark(boolean dark) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** A picture of the page, for people who look at what a test saw. */
  void picture(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    String png = call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
    Files.write(file, Base64.getDecoder().decode(png));
  }

  /** What the console has: errors, and what the page was not allowed to do. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** It has ended when this returns, and with it all that it had started. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    try {
      call("Browser.close", Map.of());
    } catch (Exception e) {
      process.destroyForcibly();
    }
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
    socket.abort();
  }
}
