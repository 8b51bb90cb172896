package org.mastership.node.server;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Effect;
import org.mastership.core.Epoch;
import org.mastership.core.Input;
import org.mastership.core.Message;
import org.mastership.core.Protocol;
import org.mastership.core.Recovered;
import org.mastership.core.State;
import org.mastership.core.Step;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.recording.Recorder;
import org.mastership.node.storage.GroupCommit;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.storage.StorageException;
import org.mastership.node.transport.PeerListener;
import org.mastership.node.transport.Transport;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the state of one server, on one event loop: what happens goes in, the protocol steps, and
 * the effects go out. Storage and the service run beside it and come back as inputs.
 */
final class Driver implements PeerListener, Effect.Handler, ServiceThread.Results, Snapshots.User {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  private final Protocol protocol;
  private final Recovered recovered;
  private final EventLoop loop;
  private final LongSupplier clock;
  private final Recorder recorder;
  private final Changes changes;
  private final Listeners listeners;
  private final LogCache cache;
  private final ClientDesk desk;
  private final Status status;
  private final Alarm alarm;
  private final Divergence divergence;
  private final List<CompletableFuture<Integer>> resigning = new ArrayList<>();

  private GroupCommit storage;
  private ServiceThread service;
  private Transport transport;
  private Snapshots snapshots;
  private EntryBytes bytes;
  private Execution execution;
  private State state;
  private volatile @Nullable State published;
  private @Nullable String failure;
  private volatile @Nullable Naming naming;

  private long queried;
  private long readsAnswered;

  Driver(
      ServerConfiguration configuration,
      Protocol protocol,
      Recovered recovered,
      EventLoop loop,
      LongSupplier clock,
      Recorder recorder,
      Listeners listeners) {
    this.protocol = protocol;
    this.recovered = recovered;
    this.state = protocol.start(recovered, clock.getAsLong());
    this.published = state;
    this.loop = loop;
    this.clock = clock;
    this.recorder = recorder;
    this.listeners = listeners;
    this.changes = new Changes(configuration, listeners);
    this.cache =
        new LogCache(recovered.log().lastSequence(), configuration.limits().mostCachedBytes());
    this.desk = new ClientDesk(this, configuration);
    this.status = new Status(configuration, protocol);
    this.alarm =
        new Alarm(loop, clock, protocol.group().timing().detectionPeriodNanos(), this::onDeadline);
    this.divergence = new Divergence(configuration.protocol().size());
  }

  /** Gives this driver what it drives, and what calls it back; once, before {@link #start}. */
  @Initializer
  void attach(
      GroupCommit storageWriter,
      ServiceThread serviceThread,
      Transport connections,
      Snapshots kept) {
    storage = storageWriter;
    service = serviceThread;
    transport = connections;
    snapshots = kept;
    bytes =
        new EntryBytes(
            cache,
            desk,
            storageWriter,
            connections,
            kept,
            loop,
            position -> failure == null && state.log().contains(position));
    execution = new Execution(cache, serviceThread, kept);
  }

  /** Where this server registers; any thread. */
  void attach(Naming names) {
    naming = names;
  }

  ClientDesk desk() {
    return desk;
  }

  /** The newest state, for any thread; null once the server has failed or stopped. */
  @Nullable State published() {
    return published;
  }

  @Override
  public State state() {
    return state;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  @Nullable String failure() {
    return failure;
  }

  Transport transport() {
    return transport;
  }

  /** Begins to listen, and to count the time that it must (R12); on the event loop. */
  void start() {
    state = protocol.start(recovered, clock.getAsLong());
    published = state;
    if (snapshots.base() != null) {
      input(new Input.Compacted(snapshots.baseSequence()));
    }
    transport.start();
    schedule();
  }

  /** One input: the only place where the state changes. */
  private void input(Input input) {
    if (failure != null) {
      return;
    }
    long now = clock.getAsLong();
    recorder.record(state, now, input);
    Step step;
    try {
      step = protocol.step(state, input, now);
    } catch (IllegalStateException | IllegalArgumentException e) {
      fail("the protocol refused " + input, e);
      return;
    }
    boolean tenureEnds = endsTenure(state, step.state());
    state = step.state();
    published = state;
    if (tenureEnds) {
      queried = 0;
      readsAnswered = 0;
      desk.lost(state, step.successor());
    }
    for (Effect effect : step.effects()) {
      effect.handle(this);
    }
    if (!resigning.isEmpty()) {
      tellWhoResigns(step.successor());
    }
    cache.dropUpTo(Math.min(state.storage().stable(), state.executed()));
    snapshots.takeIfDue();
    schedule();
  }

  /**
   * Hands the mastership over in good order (R10).
   *
   * @param target the number of the server that is to be master, 0 for any
   * @return ends with the number of the server that it was handed over to, 0 for none: this server
   *     was not master, or the target could not be brought up to date in time
   */
  CompletableFuture<Integer> resign(int target) {
    CompletableFuture<Integer> successor = new CompletableFuture<>();
    resigning.add(successor);
    input(new Input.Resign(target));
    if (failure != null) {
      tellWhoResigns(0);
    }
    readComplete();
    return successor;
  }

  /** Hands over to a preferred server that could take over at once, or ranks the servers anew. */
  void prefer(Preference preference) {
    if (failure != null) {
      return;
    }
    long now = clock.getAsLong();
    Optional<Integer> successor = preference.successor(state, now);
    if (successor.isPresent()) {
      resign(successor.get());
    } else if (preference.ranksAnew(state, now)) {
      input(new Input.Rerank());
      readComplete();
    }
  }

  /** This server is rated, or rated anew (claims 20, 21). */
  void rated(long rating) {
    if (rating != state.ratings().get(protocol.number() - 1)) {
      input(new Input.Rated(rating));
      readComplete();
    }
  }

  private void tellWhoResigns(int successor) {
    boolean handsOver = state.tenure() != null && state.tenure().handOver().begun();
    if (!handsOver) {
      List<CompletableFuture<Integer>> over = List.copyOf(resigning);
      resigning.clear();
      over.forEach(each -> each.complete(successor));
    }
  }

  private static boolean endsTenure(State before, State after) {
    return before.tenure() != null
        && (after.tenure() == null || !after.mastership().equals(before.mastership()));
  }

  private void schedule() {
    alarm.setFor(protocol.deadline(state).atNanos());
  }

  private void onDeadline() {
    if (protocol.deadline(state).atNanos() <= clock.getAsLong()) {
      input(new Input.Tick());
      readComplete();
    } else {
      schedule();
    }
  }

  @Override
  public void connected(int peer) {
    input(new Input.Connected(peer));
  }

  @Override
  public void disconnected(int peer) {
    snapshots.disconnected(peer);
    input(new Input.Disconnected(peer));
  }

  @Override
  public void refused(int peer) {
    input(new Input.Refused(peer));
  }

  @Override
  public void received(int peer, Message message, List<ByteString> payloads) {
    bytes.received(message, payloads);
    input(new Input.Received(peer, message));
    bytes.taken();
    if (message instanceof Message.Inquiry inquiry) {
      compareDigests(peer, inquiry);
    }
  }

  @Override
  public void received(int peer, SnapshotPart part) {
    if (failure != null) {
      return;
    }
    if (state.log().contains(part.end())) {
      transport.send(peer, new SnapshotWanted(part.end(), part.length()));
      return;
    }
    snapshots.received(peer, part);
    if (state.tenure() != null && !state.tenure().catchUp().done()) {
      input(new Input.Arriving(peer));
    }
  }

  @Override
  public void received(int peer, SnapshotWanted wanted) {
    if (failure == null) {
      snapshots.wanted(peer, wanted);
    }
  }

  @Override
  public void receivedAfterSnapshot(int peer, Message message) {
    if (bytes.receivedAfterSnapshot(message)) {
      input(new Input.Received(peer, message));
      bytes.taken();
      if (failure == null && snapshots.baseSequence() > state.floor()) {
        input(new Input.Compacted(snapshots.baseSequence()));
      }
    }
  }

  @Override
  public long generation() {
    return execution.generation();
  }

  @Override
  public void make() {
    service.snapshot();
  }

  @Override
  public void snapshotMade(long ofGeneration, long sequence, Supplier<ByteString> content) {
    snapshots.made(ofGeneration, sequence, content);
  }

  @Override
  public void snapshotFailed(RuntimeException cause) {
    snapshots.notMade(cause);
  }

  @Override
  public void compact(Snapshot snapshot) {
    if (failure == null) {
      storage.compact(snapshot);
      input(new Input.Compacted(snapshot.sequence()));
    }
  }

  private void compareDigests(int peer, Message.Inquiry inquiry) {
    if (state.tenure() == null || !inquiry.epoch().equals(state.mastership().epoch())) {
      return;
    }
    if (!execution.differs(inquiry)) {
      return;
    }
    LOG.error(
        "server {} has other results than this master up to entry {}: its service is not"
            + " deterministic, or a memory is corrupt",
        changes.nameOf(peer),
        inquiry.executed());
    if (divergence.isMaster(peer)) {
      fail("most back-ups have other results than this master; it stops", null);
    } else {
      input(new Input.Diverged(peer, inquiry.executed()));
    }
  }

  /**
   * A burst of inputs is over: admit what has gathered and let the network have what is written.
   */
  @Override
  public void readComplete() {
    desk.turn(state);
    transport.flush();
  }

  /** Storage has forced all up to a ticket; called by its thread. */
  void persisted(long ticket) {
    loop.execute(
        () -> {
          input(new Input.Persisted(ticket));
          readComplete();
        });
  }

  /** The name server has a higher epoch than this master's; called by the registrar's thread. */
  void registered(Epoch epoch) {
    loop.execute(
        () -> {
          input(new Input.Registered(epoch));
          readComplete();
        });
  }

  /** Storage can not go on; called by its thread. */
  void storageFailed(StorageException cause) {
    loop.execute(() -> fail("storage failed: " + cause.getMessage(), cause));
  }

  /**
   * This server takes part no longer: it acknowledges nothing, and the others see it gone. It still
   * says what has happened to whoever asks for its status.
   */
  private void fail(String why, @Nullable Throwable cause) {
    if (failure != null) {
      return;
    }
    failure = why;
    published = null;
    LOG.error("this server has stopped taking part: {}", why, cause);
    snapshots.stop();
    transport.closePeers();
    desk.lost(state, 0);
    readComplete();
    listeners.close();
  }

  /** Orderly end, on the event loop: from now on this server is not master. */
  void stop() {
    if (failure == null) {
      failure = "the server stops";
      published = null;
      desk.lost(state, 0);
      readComplete();
    }
    snapshots.stop();
    alarm.cancel();
  }

  void admit(int count) {
    input(new Input.Admit(count));
  }

  void query(List<ServiceThread.Read> reads) {
    service.query(reads);
  }

  String statusJson() {
    return status.json(state, failure, clock.getAsLong(), changes, naming, snapshots);
  }

  @Override
  public void send(Effect.Send effect) {
    bytes.send(effect.to(), effect.message(), state);
  }

  @Override
  public void storeEpoch(Effect.StoreEpoch effect) {
    storage.storeEpoch(effect.ticket(), effect.epoch());
  }

  @Override
  public void append(Effect.Append effect) {
    bytes.append(effect);
  }

  @Override
  public void cut(Effect.Cut effect) {
    bytes.cut(effect);
    changes.cut(effect.removed(), effect.after());
  }

  @Override
  public void execute(Effect.Execute effect) {
    execution.upTo(effect.sequence());
  }

  @Override
  public void rewind(Effect.Rewind effect) {
    execution.rewind();
  }

  @Override
  public void executed(List<ServiceThread.Result> results) {
    ServiceThread.Result last = execution.executed(results, desk);
    if (last != null) {
      input(new Input.Executed(last.sequence(), last.digest()));
      readComplete();
    }
  }

  @Override
  public void queried(List<ServiceThread.Answer> answers) {
    long tenure = state.tenure() == null ? 0 : state.mastership().epoch().token();
    int kept = desk.queried(answers, tenure);
    if (kept > 0) {
      queried += kept;
      input(new Input.Queried(queried));
      readComplete();
    }
  }

  @Override
  public void failed(Throwable cause) {
    fail("the service failed: " + cause.getMessage(), cause);
  }

  @Override
  public void answer(Effect.Answer effect) {
    desk.answer(effect.sequence());
  }

  @Override
  public void answerReads(Effect.AnswerReads effect) {
    desk.answerReads(effect.count() - readsAnswered);
    readsAnswered = effect.count();
  }

  @Override
  public void stop(Effect.Stop effect) {
    fail(
        "the results of this server differ from the master's up to entry "
            + effect.sequence()
            + ": the service is not deterministic, or memory is corrupt",
        null);
  }

  @Override
  public void report(Effect.Report effect) {
    if (effect.change() == Effect.Change.GAINED) {
      divergence.clear();
    }
    changes.report(effect, state, clock.getAsLong());
    desk.announce(state);
  }
}
