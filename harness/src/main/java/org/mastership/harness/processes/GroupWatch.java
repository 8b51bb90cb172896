package org.mastership.harness.processes;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mastership.node.client.ClientConfiguration;
import org.mastership.node.client.MastershipClient;
import org.mastership.node.config.ServerConfiguration.Address;

/** Asks the servers of a group how they are. Safe for use by any thread. */
public final class GroupWatch implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofMillis(500);
  private static final long PAUSE_MILLIS = 20;

  /** Who ends servers interrupts whoever watches them, soon: that is not a failure of theirs. */
  private static final long INTERRUPTED_MILLIS = 500;

  private final RunningGroup group;
  private final MastershipClient client;

  /** Watches a group; {@link #close} ends its connections. */
  public GroupWatch(RunningGroup group) {
    this.group = group;
    this.client =
        new MastershipClient(
            ClientConfiguration.of(group.addresses().toArray(Address[]::new)).withDeadline(ANSWER));
  }

  /** The answers of all servers that run and answer within half a second. */
  public List<ServerStatus> statuses() {
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (RunningServer server : group.servers()) {
      if (server.isRunning()) {
        asked.add(client.status(server.address()));
      }
    }
    return asked.stream().map(GroupWatch::answer).flatMap(Optional::stream).toList();
  }

  /** Empty of a server that is down, paused or just starting. */
  private static Optional<ServerStatus> answer(CompletableFuture<String> status) {
    try {
      return Optional.of(ServerStatus.of(status.join()));
    } catch (CompletionException e) {
      return Optional.empty();
    }
  }

  /**
   * Has a server hand its mastership over.
   *
   * @return to whom; empty if it could not, or is not master
   */
  public Optional<String> handOver(RunningServer master) {
    try {
      return Optional.of(client.resign(master.address(), "").join());
    } catch (CompletionException e) {
      return Optional.empty();
    }
  }

  /** The server that says that it is master; empty while none does. */
  public Optional<ServerStatus> master() {
    return statuses().stream().filter(ServerStatus::isMaster).findFirst();
  }

  /**
   * Waits until a master serves that all other servers follow, with all that had been committed
   * when it was first asked.
   *
   * @return its status
   * @throws TimeoutException if it takes longer
   */
  public ServerStatus awaitWhole(Duration most) throws InterruptedException, TimeoutException {
    long[] sequence = {-1};
    return await(
        "a master that all servers follow",
        most,
        () -> {
          List<ServerStatus> statuses = statuses();
          Optional<ServerStatus> master =
              statuses.stream().filter(ServerStatus::isMaster).findFirst();
          if (master.isPresent() && sequence[0] < 0) {
            sequence[0] = master.get().committed();
          }
          return master.filter(found -> isWhole(found, statuses, sequence[0]));
        });
  }

  /**
   * As {@link #awaitWhole}, of servers that have just been started: one that has ended by itself is
   * not waited for.
   *
   * @throws IOException if one has ended; says what it logged last
   */
  public ServerStatus awaitStarted(Duration most)
      throws IOException, InterruptedException, TimeoutException {
    boolean allRun =
        await(
            "a master",
            most,
            () -> anyHasEnded() ? Optional.of(false) : master().map(found -> true));
    if (!allRun) {
      TimeUnit.MILLISECONDS.sleep(INTERRUPTED_MILLIS);
      throw new IOException(
          "a server has ended right after its start:\n" + String.join("\n", lastLinesOfEnded()));
    }
    return awaitWhole(most);
  }

  private boolean anyHasEnded() {
    return !group.servers().stream().allMatch(RunningServer::isRunning);
  }

  /**
   * Which servers have ended, or say that they take no part in the group any more, a sentence each.
   *
   * @throws InterruptedException also if this thread is interrupted soon after one was found
   */
  public List<String> lost() throws InterruptedException {
    List<String> lost = new ArrayList<>();
    for (ServerStatus status : statuses()) {
      if (!status.failed().isEmpty()) {
        lost.add(status.name() + " has stopped taking part: " + status.failed());
      }
    }
    for (RunningServer server : group.servers()) {
      if (!server.isRunning()) {
        lost.add(server.name() + " has ended");
      }
    }
    if (!lost.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(INTERRUPTED_MILLIS);
    }
    return lost;
  }

  /** What those servers logged last that do not run. */
  public List<String> lastLinesOfEnded() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (RunningServer server : group.servers()) {
      if (!server.isRunning()) {
        lines.addAll(lastLines(server));
      }
    }
    return lines;
  }

  private static List<String> lastLines(RunningServer server)
      throws IOException, InterruptedException {
    return server.lastLines().stream().map(line -> server.name() + ": " + line).toList();
  }

  private boolean isWhole(ServerStatus master, List<ServerStatus> statuses, long sequence) {
    return statuses.size() == group.servers().size()
        && statuses.stream()
            .allMatch(
                each ->
                    each.executed() >= sequence
                        && (each.number() == master.number()
                            || master.isFollowedBy(each.number(), sequence)));
  }

  /**
   * Asks again and again.
   *
   * @param what is waited for, for the message
   * @throws TimeoutException if it takes longer; the message says what, how the servers are and
   *     where their logs are
   */
  public <T> T await(String what, Duration most, Supplier<Optional<T>> question)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + most.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new TimeoutException(
        "not within "
            + most.toSeconds()
            + " s: "
            + what
            + "; see the logs in "
            + group.folder()
            + "\n"
            + String.join("\n", howServersAre()));
  }

  /** What each server says of itself; of one that says nothing, what it logged last. */
  private List<String> howServersAre() throws InterruptedException {
    List<ServerStatus> statuses = statuses();
    List<String> lines = new ArrayList<>();
    statuses.forEach(status -> lines.add(status.json().toString()));
    Set<Integer> answered = statuses.stream().map(ServerStatus::number).collect(toSet());
    try {
      group.saveLogs();
      for (RunningServer server : group.servers()) {
        if (!answered.contains(server.number())) {
          lines.add(server.name() + (server.isRunning() ? " does not answer" : " has ended"));
          lines.addAll(lastLines(server));
        }
      }
    } catch (IOException e) {
      lines.add("what they logged can not be had: " + e.getMessage());
    }
    return lines;
  }

  @Override
  public void close() {
    client.close();
  }
}
