package org.mastership.harness.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/**
 * The container engine of this machine, as Testcontainers finds it. One of another machine does not
 * do: servers are reached at this machine's loopback address.
 */
public final class Engine {
  /** Set by {@code docker/with-engine}: an engine is there, so not finding it is an error. */
  public static final String REQUIRED = "MASTERSHIP_CONTAINERS";

  private static final long LONGEST_COMMAND_SECONDS = 30;

  private Engine() {}

  /**
   * Whether an engine answers.
   *
   * @throws IllegalStateException if none does though the environment says that one must
   */
  public static boolean answers() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    if (!answers && "required".equals(System.getenv(REQUIRED))) {
      throw new IllegalStateException(
          REQUIRED + " is set, but no container engine answers; see `docker version`");
    }
    return answers;
  }

  static DockerClient client() throws IOException {
    if (!answers()) {
      throw new IOException(
          "no container engine answers; start Docker, or run this by docker/with-engine");
    }
    return DockerClientFactory.lazyClient();
  }

  /** The host at which published ports are reached. */
  static String host() {
    return DockerClientFactory.instance().dockerHostIpAddress();
  }

  /**
   * Asks something of the engine; what it refuses is an error of input and output. On a thread of
   * its own, for an interrupt has to wait: what the engine makes when nobody listens to its answer
   * any more, nobody would remove.
   */
  static <T> T ask(String what, Supplier<T> question) throws IOException {
    try {
      return CompletableFuture.supplyAsync(question, Engine::onItsOwn).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DockerException
          || e.getCause() instanceof DockerClientException) {
        throw new IOException(
            "the engine can not " + what + ": " + e.getCause().getMessage(), e.getCause());
      }
      throw e;
    }
  }

  private static void onItsOwn(Runnable question) {
    Thread thread = new Thread(question, "engine");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Runs a command in a container.
   *
   * @return what it printed
   * @throws IOException if it fails; the message has what it printed
   */
  static String run(DockerClient client, String container, String... command)
      throws IOException, InterruptedException {
    String what = "run " + List.of(command) + " in container " + container;
    StringBuilder printed = new StringBuilder();
    String id =
        ask(
            what,
            () ->
                client
                    .execCreateCmd(container)
                    .withCmd(command)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId());
    boolean ended =
        client
            .execStartCmd(id)
            .exec(
                new ResultCallback.Adapter<Frame>() {
                  @Override
                  public void onNext(Frame frame) {
                    printed.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                  }
                })
            .awaitCompletion(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS);
    Long status = ask(what, () -> client.inspectExecCmd(id).exec().getExitCodeLong());
    if (!ended || status == null || status != 0) {
      throw new IOException("can not " + what + ": status " + status + ", " + printed);
    }
    return printed.toString();
  }
}
