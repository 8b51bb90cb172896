package org.mastership.harness.simulation;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mastership.core.Effect;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.core.Step;

/**
 * One simulated server: core's state machine, a disk, a service that writes down what it executes,
 * and a clock of its own. It does what a driver does, in virtual time.
 */
final class SimulatedServer implements Effect.Handler {
  /** What stands for the first entry of a tenure, which no client asked for. */
  static final long NO_REQUEST = 0;

  private final int number;
  private final Protocol protocol;
  private final Schedule schedule;
  private final World world;
  private final SimulatedClock clock;
  private final Disk disk = new Disk();
  private final List<Long> log = new ArrayList<>();
  private final Nap nap = new Nap();
  private State state;
  private boolean up;
  private boolean forcing;
  private boolean diskFull;
  private long life;
  private long generation;
  private long executing;
  private long executed;
  private long digest;
  private long tickAt = Long.MAX_VALUE;
  private Payload received = Payload.NONE;
  private long receivedFirst;
  private Snapshot base = Snapshot.NONE;

  SimulatedServer(Protocol protocol, Schedule schedule, World world, SimulatedClock clock) {
    this.number = protocol.number();
    this.protocol = protocol;
    this.schedule = schedule;
    this.world = world;
    this.clock = clock;
    this.state = protocol.start(disk.recover(), local());
  }

  int number() {
    return number;
  }

  State state() {
    return state;
  }

  boolean isUp() {
    return up;
  }

  boolean isPaused() {
    return nap.lasts();
  }

  long executed() {
    return executed;
  }

  /** The request at a sequence of the log; {@link #NO_REQUEST} for the first of a tenure. */
  long requestAt(long sequence) {
    return log.get((int) sequence - 1);
  }

  /** The time of the server's own clock. */
  long local() {
    return clock.now();
  }

  /** Lets the own clock go wrong, or right again; what is due is due at another moment then. */
  void change(Consumer<SimulatedClock> change) {
    change.accept(clock);
    if (up) {
      schedule();
    }
  }

  boolean isMaster() {
    return up && state.isMaster(local());
  }

  void start() {
    up = true;
    life++;
    log.clear();
    state = protocol.start(disk.recover(), local());
    log.addAll(disk.requests());
    base = disk.snapshot();
    beginService();
    world.serviceBegins(this);
    if (base.sequence() > 0) {
      input(new Input.Compacted(base.sequence()));
    }
    schedule();
  }

  void crash(Chance chance) {
    up = false;
    nap.never();
    forcing = false;
    tickAt = Long.MAX_VALUE;
    life++;
    disk.lose(chance);
    world.crashed(this);
  }

  /** From now on the disk takes nothing more. */
  void fillDisk() {
    diskFull = true;
  }

  void freeDisk() {
    diskFull = false;
  }

  boolean hasFullDisk() {
    return diskFull;
  }

  void pause() {
    nap.begin();
  }

  /** Wakes: what has come meanwhile is looked at in the order in which it came. */
  void wake() {
    nap.end();
  }

  /** Does something in this life of the server, when it is awake. */
  void whenAwake(Runnable action) {
    long ofLife = life;
    nap.afterwards(
        () -> {
          if (up && life == ofLife) {
            action.run();
          }
        });
  }

  void deliver(int from, Message message, Payload payload) {
    whenAwake(
        () -> {
          received = payload;
          if (message instanceof Message.Entries entries) {
            receivedFirst = entries.before().sequence() + 1;
          } else if (message instanceof Message.Fetched fetched) {
            receivedFirst = fetched.before().sequence() + 1;
          }
          input(new Input.Received(from, message));
          if (base.sequence() > state.floor()) {
            input(new Input.Compacted(base.sequence()));
          }
        });
  }

  void input(Input input) {
    State before = state;
    Step step;
    try {
      step = protocol.step(state, input, local());
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new Broken("server " + number + " refused " + input + ": " + e.getMessage(), e);
    }
    state = step.state();
    world.stepped(this, before, input, step);
    for (Effect effect : step.effects()) {
      effect.handle(this);
    }
    schedule();
  }

  private void schedule() {
    long due = protocol.deadline(state).atNanos();
    if (due == Long.MAX_VALUE) {
      return;
    }
    long at = Math.max(clock.moment(due), schedule.now());
    if (at < tickAt) {
      tickAt = at;
      long ofLife = life;
      schedule.at(at, () -> onTimer(at, ofLife));
    }
  }

  private void onTimer(long at, long ofLife) {
    if (ofLife != life || at != tickAt) {
      return;
    }
    tickAt = Long.MAX_VALUE;
    whenAwake(
        () -> {
          if (protocol.deadline(state).atNanos() <= local()) {
            input(new Input.Tick());
          } else {
            schedule();
          }
        });
  }

  @Override
  public void send(Effect.Send effect) {
    List<Run> runs = List.of();
    if (effect.message() instanceof Message.Entries entries) {
      runs = entries.runs();
    } else if (effect.message() instanceof Message.Fetched fetched) {
      runs = fetched.runs();
    }
    world.send(number, effect.to(), effect.message(), runs.isEmpty() ? Payload.NONE : bytes(runs));
  }

  /** What stands for the bytes of entries, or for the snapshot that carries them. */
  private Payload bytes(List<Run> runs) {
    long first = runs.get(0).first();
    long last = runs.get(runs.size() - 1).last();
    if (first <= state.floor() && last != state.floor()) {
      throw new Broken(
          "server " + number + " sends " + runs + ", with a snapshot of entry " + state.floor());
    }
    boolean takesSnapshot = first <= state.floor() && base.content().isPresent();
    return new Payload(
        List.copyOf(log.subList((int) first - 1, (int) last)),
        takesSnapshot ? Optional.of(base) : Optional.empty());
  }

  @Override
  public void storeEpoch(Effect.StoreEpoch effect) {
    disk.storeEpoch(effect.ticket(), effect.epoch(), () -> world.stored(number, effect.epoch()));
    force();
  }

  @Override
  public void append(Effect.Append effect) {
    Run run = effect.run();
    List<Long> requests =
        switch (effect.origin()) {
          case REQUESTS -> world.admitted(this, run);
          case MESSAGE ->
              List.copyOf(
                  received
                      .requests()
                      .subList(
                          (int) (run.first() - receivedFirst),
                          (int) (run.last() - receivedFirst) + 1));
          case TENURE -> List.of(NO_REQUEST);
        };
    log.addAll(requests);
    world.appended(this, run);
    Optional<Snapshot> standsFor =
        effect.origin() == Effect.Append.Origin.MESSAGE
            ? received.snapshot().filter(snapshot -> snapshot.sequence() == run.last())
            : Optional.empty();
    standsFor.ifPresent(snapshot -> base = snapshot);
    disk.append(effect.ticket(), run, requests, standsFor);
    force();
  }

  @Override
  public void cut(Effect.Cut effect) {
    if (effect.after() > 0 && effect.after() < disk.snapshot().sequence()) {
      throw new Broken(
          "server "
              + number
              + " cuts inside of its snapshot of entry "
              + disk.snapshot().sequence());
    }
    if (effect.after() < base.sequence()) {
      base = Snapshot.NONE;
    }
    log.subList((int) effect.after(), log.size()).clear();
    disk.cut(effect.ticket(), effect.after());
    force();
  }

  /** One force at a time, of all that waits when it begins. */
  private void force() {
    if (forcing) {
      return;
    }
    forcing = true;
    long ofLife = life;
    int waiting = disk.pendingCount();
    schedule.after(
        world.diskNanos(),
        () -> {
          if (life != ofLife) {
            return;
          }
          if (diskFull) {
            world.diskFailed(this);
            return;
          }
          long ticket = disk.force(waiting);
          forcing = false;
          whenAwake(() -> input(new Input.Persisted(ticket)));
          if (!disk.isIdle()) {
            force();
          }
        });
  }

  @Override
  public void execute(Effect.Execute effect) {
    executing = effect.sequence();
    long ofGeneration = generation;
    schedule.after(
        world.serviceNanos(),
        () ->
            whenAwake(
                () -> {
                  if (generation == ofGeneration && executing > executed) {
                    executeAll();
                  }
                }));
  }

  private void executeAll() {
    if (executed < base.sequence() && base.content().isPresent()) {
      if (executing < base.sequence()) {
        return; // to be restored once all that the snapshot stands for is committed
      }
      world.restore(this, base);
      executed = base.sequence();
      digest = base.digest();
    }
    while (executed < executing) {
      executed++;
      long request = requestAt(executed);
      digest = digest * 31 + request;
      world.executed(this, executed, request);
    }
    input(new Input.Executed(executed, digest));
    compact();
  }

  /** Puts a snapshot in the place of what was executed, now and then. */
  private void compact() {
    long stable = Math.min(executed, state.storage().stable());
    if (stable > state.floor() && world.makesSnapshot()) {
      Optional<ByteString> content = world.snapshot(this);
      if (content.isPresent() && stable < executed) {
        return; // the service is ahead of the disk
      }
      base = new Snapshot(stable, digest, content);
      disk.keepSnapshot(base);
      input(new Input.Compacted(stable));
    }
  }

  @Override
  public void rewind(Effect.Rewind effect) {
    beginService();
    world.serviceRewinds(this);
  }

  private void beginService() {
    generation++;
    executing = 0;
    executed = 0;
    digest = 0;
  }

  @Override
  public void answer(Effect.Answer effect) {
    world.answer(this, effect.sequence());
  }

  @Override
  public void answerReads(Effect.AnswerReads effect) {
    world.answerReads(this, effect.count());
  }

  @Override
  public void stop(Effect.Stop effect) {
    throw new Broken("server " + number + " was told to stop at entry " + effect.sequence());
  }

  @Override
  public void report(Effect.Report effect) {
    world.report(this, effect);
  }
}
