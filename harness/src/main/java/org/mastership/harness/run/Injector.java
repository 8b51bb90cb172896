package org.mastership.harness.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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

  Injected inflict(FaultKind kind) throws IOException, InterruptedException {
    return switch (kind) {
      case CRASH -> crash(victim());
      case PAUSE -> pause(victim());
      case HALVES -> halves();
      case RING -> ring();
      case ONE_WAY -> oneWay(victim().number());
      case ISOLATE_MASTER -> isolate(master().orElseGet(this::anybody).number());
      case BRIDGE -> bridge();
      case DELAY -> delay(millis(20, 60), Duration.ZERO);
      case JITTER -> delay(Duration.ZERO, millis(20, 80));
      case LOSS -> lose(victim().number());
      case FULL_DISK -> fillDisk(victim());
      case HAND_OVER -> handOver();
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

  private Injected halves() throws IOException, InterruptedException {
    return partition(shuffled(), "");
  }

  private Injected bridge() throws IOException, InterruptedException {
    List<Integer> numbers = shuffled();
    return partition(numbers.subList(1, size), ", s" + numbers.get(0) + " between");
  }

  private Injected partition(List<Integer> numbers, String more)
      throws IOException, InterruptedException {
    Set<Integer> one = new TreeSet<>(numbers.subList(0, numbers.size() / 2));
    Set<Integer> other = new TreeSet<>(numbers.subList(numbers.size() / 2, numbers.size()));
    links().partition(List.of(one, other));
    return network(numbers, names(one) + " | " + names(other) + more);
  }

  private Injected isolate(int server) throws IOException, InterruptedException {
    links().isolate(server);
    return network(List.of(server), "s" + server);
  }

  /** Each server keeps its nearest neighbours on both sides, just enough for a majority. */
  private Injected ring() throws IOException, InterruptedException {
    List<Integer> circle = shuffled();
    int reach = (size / 2 + 1) / 2;
    List<Link> far = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int distance = Math.min(Math.floorMod(i - j, size), Math.floorMod(j - i, size));
        if (distance > reach) {
          far.add(new Link(circle.get(i), circle.get(j)));
        }
      }
    }
    links().cut(far);
    return network(circle, "around " + circle);
  }

  private Injected oneWay(int server) throws IOException, InterruptedException {
    boolean sends = random.nextBoolean();
    links().cut(of(server, sends));
    return network(List.of(server), "s" + server + (sends ? " is not heard" : " hears nobody"));
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

  private static String names(Collection<Integer> numbers) {
    StringBuilder names = new StringBuilder();
    numbers.forEach(number -> names.append(names.isEmpty() ? "s" : " s").append(number));
    return names.toString();
  }

  private Links links() {
    return group.links();
  }
}
