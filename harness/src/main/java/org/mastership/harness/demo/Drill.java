package org.mastership.harness.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.ProcessGroup;
import org.mastership.harness.processes.ServerProcess;
import org.mastership.harness.processes.ServerStatus;
import org.mastership.harness.workload.Traffic;

/** Kills the master again and again, and restarts it as a back-up. */
final class Drill {
  private static final int SHORTEST_CALM_MILLIS = 1_000;
  private static final int LONGEST_CALM_MILLIS = 2_500;
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final ProcessGroup group;
  private final GroupWatch watch;
  private final Traffic traffic;
  private final int kills;
  private final Random random;
  private final List<Failover> failovers = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();

  Drill(ProcessGroup group, GroupWatch watch, Traffic traffic, Demo.Settings settings) {
    this.group = group;
    this.watch = watch;
    this.traffic = traffic;
    this.kills = settings.kills();
    this.random = new Random(settings.seed());
  }

  /** The failovers so far. */
  List<Failover> failovers() {
    return failovers;
  }

  /** The last failover, for people. */
  String lastFailover() {
    return failovers.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "   failover %d: %.0f ms",
            failovers.size(),
            failovers.get(failovers.size() - 1).millis());
  }

  /** What went wrong so far, a sentence each. */
  List<String> problems() {
    return problems;
  }

  void failed(String problem) {
    problems.add(problem);
  }

  void run() throws InterruptedException, IOException, TimeoutException {
    for (int i = 0; i < kills; i++) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_CALM_MILLIS, LONGEST_CALM_MILLIS));
      ServerStatus master = watch.awaitWhole(RECOVERY);
      ServerProcess killed = group.server(master.number());
      Failover failover = killAndWait(killed, master);
      failovers.add(failover);
      requireSmallestIndex(failover);
      killed.start();
    }
  }

  private Failover killAndWait(ServerProcess killed, ServerStatus old)
      throws InterruptedException, TimeoutException {
    long killedNanos = System.nanoTime();
    killed.signalKill();
    CompletableFuture<Long> answered = traffic.firstAnswer().fromNow();
    traffic.askOnce();
    killed.kill();
    try {
      long answeredNanos = answered.get(RECOVERY.toSeconds(), TimeUnit.SECONDS);
      ServerStatus master = watch.await("a new master", RECOVERY, () -> newMaster(old));
      return new Failover(killed.name(), master.name(), master.epoch(), killedNanos, answeredNanos);
    } catch (TimeoutException e) {
      throw new TimeoutException(
          "no request was answered within "
              + RECOVERY.toSeconds()
              + " s of the kill of "
              + killed.name());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<ServerStatus> newMaster(ServerStatus old) {
    return watch.master().filter(master -> !master.epoch().equals(old.epoch()));
  }

  private void requireSmallestIndex(Failover failover) {
    ServerProcess smallest =
        group.servers().stream().filter(ServerProcess::isRunning).findFirst().orElseThrow();
    if (!failover.master().equals(smallest.name())) {
      problems.add(
          "after the kill of "
              + failover.killed()
              + ", "
              + failover.master()
              + " became master, though "
              + smallest.name()
              + " was alive and has a smaller index");
    }
  }
}
