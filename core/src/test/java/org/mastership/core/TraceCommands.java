package org.mastership.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a trace.
 *
 * <ul>
 *   <li>{@code servers 3 quorum}, {@code servers 3 timed index 2,1,3}: a new group whose servers
 *       start now, connected to each other; {@code measure 5ms}: each pings another that often
 *   <li>{@code tick 25ms}: time passes, deadlines are met, messages stay under way
 *   <li>{@code deliver [FROM TO [KIND]]}, {@code drop [FROM TO [KIND]]}: what is under way arrives,
 *       or is lost
 *   <li>{@code repeat FROM TO KIND}: the last message of that kind arrives once more
 *   <li>{@code settle}: messages arrive until none is under way
 *   <li>{@code run 25ms}: time passes and each message takes a millisecond; only changes of the
 *       mastership are written
 *   <li>{@code cut FROM TO}, {@code heal}: what one sends the other is lost and nobody is told;
 *       {@code disconnect A B}, {@code connect A B}: both are told
 *   <li>{@code crash N}: the process is gone and its host refuses connections; {@code restart N}:
 *       it starts again, or another takes its place before anybody has been refused
 *   <li>{@code pause N}, {@code wake N}: the process stands still; what comes waits
 *   <li>{@code hold-disk N}, {@code release-disk N}: what it writes is not stable until released
 *   <li>{@code admit N COUNT}, {@code read N COUNT}: clients' requests and reads
 *   <li>{@code compact N SEQUENCE}: a snapshot stands for the entries up to one; {@code arriving N
 *       FROM}: parts of one arrive at N
 *   <li>{@code diverged MASTER N}: the master finds that the results of N differ
 *   <li>{@code resign MASTER [N]}: the master is to hand over, to N or to whom it chooses
 *   <li>{@code look-up N EPOCH}: N looks at the name server, where that epoch is registered
 *   <li>{@code rated N RATING}: N is rated; {@code rerank MASTER}: the master begins another
 *       tenure, if its servers rank otherwise by now
 *   <li>{@code status}: role, whether it may act as master, and what its next deadline is for
 *   <li>{@code quietly COMMAND}: any of these, with nothing written
 * </ul>
 */
final class TraceCommands {
  private final TraceOutput out;
  private @Nullable TraceGroup group;

  TraceCommands(TraceOutput out) {
    this.out = out;
  }

  void command(List<String> words) {
    String verb = words.get(0);
    List<String> rest = words.subList(1, words.size());
    if (verb.equals("quietly")) {
      out.detail(TraceOutput.Detail.NONE);
      command(rest);
      out.take();
      out.detail(TraceOutput.Detail.ALL);
    } else if (verb.equals("servers")) {
      group = new TraceGroup(configuration(rest), out);
    } else if (group != null) {
      command(group, verb, rest);
    } else {
      throw new IllegalArgumentException("a trace begins with servers, not with " + verb);
    }
  }

  private void command(TraceGroup servers, String verb, List<String> rest) {
    int one = number(rest, 0);
    int two = number(rest, 1);
    String kind = rest.size() > 2 ? rest.get(2) : "";
    switch (verb) {
      case "tick" -> servers.tick(millis(rest.get(0)));
      case "deliver" -> servers.deliver(one, two, kind);
      case "drop" -> servers.drop(one, two, kind);
      case "repeat" -> servers.repeat(one, two, kind);
      case "settle" -> settle(servers);
      case "run" -> run(servers, millis(rest.get(0)));
      case "cut" -> servers.cut(one, two);
      case "heal" -> servers.heal();
      case "disconnect" -> servers.disconnect(one, two);
      case "connect" -> servers.connect(one, two);
      case "crash" -> servers.crash(one);
      case "restart" -> servers.restart(one);
      case "pause" -> servers.pause(one);
      case "wake" -> servers.wake(one);
      case "hold-disk" -> servers.holdDisk(one, true);
      case "release-disk" -> servers.holdDisk(one, false);
      case "admit" -> servers.input(one, new Input.Admit(two));
      case "read" -> servers.input(one, new Input.Queried(two));
      case "compact" -> servers.input(one, new Input.Compacted(two));
      case "arriving" -> servers.input(one, new Input.Arriving(two));
      case "diverged" -> servers.input(one, new Input.Diverged(two, servers.state(one).executed()));
      case "resign" -> servers.input(one, new Input.Resign(two));
      case "look-up" -> servers.input(one, new Input.Registered(epoch(rest.get(1))));
      case "rated" -> servers.input(one, new Input.Rated(two));
      case "rerank" -> servers.input(one, new Input.Rerank());
      case "status" -> servers.status();
      default -> throw new IllegalArgumentException("no such command: " + verb);
    }
  }

  private void settle(TraceGroup servers) {
    int rounds = 0;
    while (servers.deliver(0, 0, "")) {
      assertThat(rounds++).as("rounds of messages").isLessThan(50);
    }
  }

  private void run(TraceGroup servers, long nanos) {
    TraceOutput.Detail before = out.detail();
    if (before == TraceOutput.Detail.ALL) {
      out.detail(TraceOutput.Detail.CHANGES);
    }
    servers.run(nanos);
    out.detail(before);
  }

  /** A server's number, 0 where none is given. */
  private static int number(List<String> words, int at) {
    boolean given = words.size() > at && words.get(at).matches("\\d+");
    return given ? Integer.parseInt(words.get(at)) : 0;
  }

  /** A round and a number with a point between them. */
  private static Epoch epoch(String text) {
    String[] parts = text.split("\\.", 2);
    return new Epoch(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
  }

  private static long millis(String text) {
    return Long.parseLong(text.replace("ms", "")) * TestGroups.MILLI;
  }

  private static GroupConfiguration configuration(List<String> words) {
    int size = number(words, 0);
    Guarantee guarantee = Guarantee.valueOf(words.get(1).toUpperCase(Locale.ROOT));
    int index = words.indexOf("index");
    List<Integer> indexes =
        index < 0
            ? IntStream.rangeClosed(1, size).boxed().toList()
            : Arrays.stream(words.get(index + 1).split(",")).map(Integer::valueOf).toList();
    int measure = words.indexOf("measure");
    ElectionDelay delay =
        measure < 0
            ? TestGroups.delay(size)
            : TestGroups.measured(size, millis(words.get(measure + 1)));
    return TestGroups.of(indexes, guarantee, delay);
  }
}
