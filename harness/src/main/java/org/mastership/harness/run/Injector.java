package org.mastership.harness.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.mastership.harness.network.Cut;
import org.mastership.harness.network.Delay;
import org.mastership.harness.network.Links;
import org.mastership.harness.network.Links.Link;
import org.mastership.harness.processes.GroupWatch;
import org.mastership.harness.processes.RunningGroup;
import org.mastership.harness.processes.RunningServer;
import org.mastership.harness.processes.ServerStatus;

/** Makes things go wrong with a group, and right again. One thread at a time. */
final class Injector {
  private static final double LOST_SHARE = 0.3;

  /** The drift that servers are configured for, if nothing else is said. */
  private static final int DRIFT_PPM = 500;

  private final RunningGroup group;
  private final GroupWatch watch;
  private final Random random;
  private final int size;
  private final Set<Integer> hit = new TreeSet<>();

  Injector(RunningGroup group, GroupWatch watch, Random random) {
    this.group = group;
    this.watch = watch;
    this.random = random;
    this.size = group.servers().size();
  }

  /** What was done, and how it is undone. */
  record Injected(List<Integer> servers, String text, Undo undo) {}

  /** Makes something right again. */
  @FunctionalInterface
  interface Undo {
    void run() throws IOException, InterruptedException;
  }

  /**
   * To be asked while nothing is wrong that was done here: a fault could hide what a server has
   * done by itself, as a crash is followed by a start.
   *
   * @throws ServerLostException if a server has ended, or takes no part in the group any more
   */
  void requireAllThere() throws IOException, InterruptedException, ServerLostException {
    List<String> lost = watch.lost();
    if (!lost.isEmpty()) {
      throw new ServerLostException(lost, watch.lastLinesOfEnded());
    }
  }

  Injected inflict(FaultKind kind) throws IOException, InterruptedException {
    return switch (kind) {
      case CRASH -> crash(victim());
      case PAUSE -> pause(victim());
      case HALVES -> cut(Cut.halves(shuffled()));
      case RING -> cut(Cut.ring(shuffled()));
      case ONE_WAY -> cut(Cut.oneWay(victim().number(), random.nextBoolean(), size));
      case ISOLATE_MASTER -> cut(Cut.isolated(master().orElseGet(this::anybody).number(), size));
      case BRIDGE -> cut(Cut.bridge(shuffled()));
      case DELAY -> delay(millis(20, 60), Duration.ZERO);
      case JITTER -> delay(Duration.ZERO, millis(20, 80));
      case LOSS -> lose(victim().number());
      case FULL_DISK -> fillDisk(victim());
      case HAND_OVER -> handOver();
      case SLOW_DISK -> hardware(victim(), 0, random.nextInt(20, 200));
      case CLOCK_RATE -> hardware(victim(), random.nextBoolean() ? DRIFT_PPM : -DRIFT_PPM, 0);
    };
  }

  private Duration millis(int least, int most) {
    return Duration.ofMillis(random.nextInt(least, most));
  }

  /**
   * Half of the time the master, for there it matters; nobody to whom something happens already.
   */
  private RunningServer victim() {
    boolean hitsMaster = random.nextBoolean();
    return master()
        .filter(found -> hitsMaster && !hit.contains(found.number()))
        .orElseGet(this::anybody);
  }

  private Optional<RunningServer> master() {
    return watch.master().map(ServerStatus::number).map(group::server);
  }

  private RunningServer anybody() {
    return shuffled().stream()
        .filter(number -> !hit.contains(number))
        .map(group::server)
        .findFirst()
        .orElseThrow();
  }

  /** Something happens to one server, which is not drawn again until it is undone. */
  private Injected happens(RunningServer server, Undo undo) {
    int number = server.number();
    hit.add(number);
    return new Injected(
        List.of(number),
        server.name(),
        () -> {
          hit.remove(number);
          undo.run();
        });
  }

  private Injected crash(RunningServer server) throws IOException, InterruptedException {
    server.kill();
    return happens(server, server::start);
  }

  private Injected pause(RunningServer server) throws IOException, InterruptedException {
    server.pause();
    return happens(server, server::resume);
  }

  private Injected hardware(RunningServer server, int clockPpm, long diskMillis)
      throws IOException, InterruptedException {
    server.hardware(clockPpm, diskMillis);
    String what = clockPpm == 0 ? diskMillis + " ms" : clockPpm + " ppm";
    Injected happening = happens(server, () -> server.hardware(0, 0));
    return new Injected(happening.servers(), server.name() + " " + what, happening.undo());
  }

  private Injected handOver() {
    Optional<RunningServer> master = master();
    String successor = master.flatMap(watch::handOver).orElse("nobody");
    String text = master.map(RunningServer::name).orElse("no master") + " to " + successor;
    return new Injected(master.stream().map(RunningServer::number).toList(), text, () -> {});
  }

  private Injected fillDisk(RunningServer server) throws IOException, InterruptedException {
    server.fillDisk();
    return happens(
        server,
        () -> {
          server.freeDisk();
          server.kill();
          server.start();
        });
  }

  private List<Integer> shuffled() {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 1; number <= size; number++) {
      numbers.add(number);
    }
    Collections.shuffle(numbers, random);
    return numbers;
  }

  private Injected cut(Cut cut) throws IOException, InterruptedException {
    links().cut(cut.links());
    return network(cut.servers(), cut.text());
  }

  private Injected delay(Duration least, Duration jitter) throws IOException, InterruptedException {
    int server = anybody().number();
    Delay delay = new Delay(least, jitter);
    List<Link> both = new ArrayList<>(of(server, true));
    both.addAll(of(server, false));
    links().delay(both, delay);
    return network(
        List.of(server),
        "s" + server + " " + least.toMillis() + " to " + least.plus(jitter).toMillis() + " ms");
  }

  private Injected lose(int server) throws IOException, InterruptedException {
    links().lose(of(server, true), LOST_SHARE);
    return network(List.of(server), "s" + server);
  }

  /** The links from a server, or to it. */
  private List<Link> of(int server, boolean from) {
    return links().all().stream()
        .filter(link -> (from ? link.from() : link.to()) == server)
        .toList();
  }

  private Injected network(List<Integer> servers, String text) {
    return new Injected(servers, text, links()::heal);
  }

  private Links links() {
    return group.links();
  }
}
