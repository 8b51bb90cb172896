package org.mastership.node.server;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Protocol;
import org.mastership.core.State;
import org.mastership.core.Tenure;
import org.mastership.node.config.NameServerSettings;
import org.mastership.node.config.RankedBy;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.http.OperatorEndpoint;
import org.mastership.node.rating.BandwidthMeter;
import org.mastership.node.rating.PowerMeter;
import org.mastership.node.recording.Recorder;
import org.mastership.node.service.ReplicatedService;
import org.mastership.node.service.ReplicatedState;
import org.mastership.node.service.SessionLimits;
import org.mastership.node.storage.GroupCommit;
import org.mastership.node.storage.RocksStorage;
import org.mastership.node.storage.SnapshotFolder;
import org.mastership.node.storage.StableStorage;
import org.mastership.node.storage.StorageException;
import org.mastership.node.transport.EventLoops;
import org.mastership.node.transport.Transport;
import org.mastership.node.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server's membership of a server group: from {@link #start} to {@link #close} it takes part in
 * electing the master, and executes every committed request of the group on its {@link
 * ReplicatedService}. Safe for use by any thread.
 */
public final class ServerGroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerGroup.class);
  private static final long MOST_HAND_OVER_SECONDS = 10;
  private static final long PREFERENCE_CHECK_MILLIS = 500;

  private final ServerConfiguration configuration;
  private final EventLoopGroup loops;
  private final EventLoop loop;
  private final Listeners listeners;
  private final Hardware hardware;
  private final StableStorage storage;
  private final GroupCommit commit;
  private final ServiceThread service;
  private final Snapshots snapshots;
  private final Recorder recorder;
  private final Driver driver;
  private final Preference preference;
  private final Mastership mastership = new Held();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable OperatorEndpoint operators;
  private volatile @Nullable Naming naming;

  private ServerGroup(
      ServerConfiguration configuration,
      ReplicatedService replicated,
      EventLoopGroup loops,
      StableStorage storage,
      Recorder recorder,
      Hardware hardware)
      throws TransportException {
    this.hardware = hardware;
    this.configuration = configuration;
    this.loops = loops;
    this.loop = loops.next();
    this.storage = storage;
    this.recorder = recorder;
    this.listeners = new Listeners(configuration.name());
    this.preference =
        new Preference(
            configuration.protocol(), configuration.self().number(), configuration.preemptNanos());
    Protocol protocol = new Protocol(configuration.protocol(), configuration.self().number());
    this.driver =
        new Driver(
            configuration,
            protocol,
            storage.recovered(),
            loop,
            hardware::nanoTime,
            recorder,
            listeners);
    this.commit =
        new GroupCommit(storage, hardware::forced, driver::persisted, driver::storageFailed);
    SessionLimits sessions =
        new SessionLimits(
            configuration.limits().mostSessions(),
            SessionLimits.DEFAULT.resultsOfOne(),
            SessionLimits.DEFAULT.bytes());
    this.service =
        new ServiceThread(
            configuration.name(), new ReplicatedState(replicated, sessions), storage, loop, driver);
    Transport transport = new Transport(configuration, loop, driver, driver.desk());
    this.snapshots =
        new Snapshots(
            configuration.name(),
            driver,
            configuration.limits().snapshotAfterBytes(),
            new SnapshotFolder(logFolder(configuration)),
            storage,
            loop,
            transport);
    driver.attach(commit, service, transport, snapshots);
  }

  /**
   * Joins the group as the server that the configuration names.
   *
   * @param configuration of this server
   * @param service executes the group's requests; used by one thread at a time from now on
   * @throws ServerStartException if the server can not start; the message says why and what to do
   */
  public static ServerGroup start(ServerConfiguration configuration, ReplicatedService service)
      throws ServerStartException {
    return start(configuration, service, new Hardware());
  }

  /** The same on hardware that a test makes slow or wrong. */
  public static ServerGroup start(
      ServerConfiguration configuration, ReplicatedService service, Hardware hardware)
      throws ServerStartException {
    Rehearsal.run(configuration.protocol());
    EventLoopGroup loops = EventLoops.single("server-" + configuration.name());
    StableStorage storage = null;
    Recorder recorder = null;
    try {
      storage =
          new RocksStorage(
              logFolder(configuration),
              "server " + configuration.name() + " of group " + configuration.group());
      recorder = Recorder.open(configuration);
      ServerGroup group =
          new ServerGroup(configuration, service, loops, storage, recorder, hardware);
      group.begin();
      group.serveOperators();
      group.register();
      return group;
    } catch (StorageException | TransportException | IllegalArgumentException e) {
      closeAll(loops, storage, recorder);
      throw new ServerStartException(
          "server " + configuration.name() + " can not start: " + e.getMessage(), e);
    }
  }

  private static Path logFolder(ServerConfiguration configuration) {
    return configuration.data().resolve("log");
  }

  private void serveOperators() throws ServerStartException {
    Address address = configuration.operators().orElse(null);
    if (address == null) {
      return;
    }
    try {
      operators = OperatorEndpoint.start(address, this::status);
      LOG.info("server {} answers operators on http://{}", configuration.name(), address);
    } catch (IOException e) {
      close();
      throw new ServerStartException(
          "server "
              + configuration.name()
              + " can not answer operators on "
              + address
              + ": "
              + e.getMessage()
              + "; stop what uses the address, or change 'operators'",
          e);
    }
  }

  private void register() throws ServerStartException {
    NameServerSettings settings = configuration.nameServer().orElse(null);
    if (settings == null) {
      return;
    }
    try {
      Naming made = Naming.start(configuration, settings, driver::registered);
      naming = made;
      driver.attach(made);
      listeners.subscribe(made);
    } catch (IOException | IllegalArgumentException e) {
      close();
      throw new ServerStartException(
          "server "
              + configuration.name()
              + " can not use the name server "
              + settings.address()
              + ": "
              + e.getMessage()
              + "; change 'name_server'",
          e);
    }
  }

  private static void closeAll(
      EventLoopGroup loops, @Nullable StableStorage storage, @Nullable Recorder recorder) {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    if (recorder != null) {
      recorder.close();
    }
    if (storage != null) {
      storage.close();
    }
  }

  private void begin() throws TransportException {
    try {
      driver.transport().bind();
    } catch (TransportException e) {
      commit.close();
      service.close();
      snapshots.close();
      listeners.close();
      throw e;
    }
    long rating = rating();
    loop.execute(
        () -> {
          driver.start();
          driver.rated(rating);
        });
    measureBandwidth();
    preferWhereConfigured();
    LOG.info(
        "server {} (number {}, index {}) of group {} listens on {}, guarantee {}",
        configuration.name(),
        configuration.self().number(),
        configuration.self().index(),
        configuration.group(),
        configuration.self().address(),
        configuration.protocol().guarantee());
  }

  /** Claims 20, 21: how this server is rated when it starts; 0 for what it has yet to find out. */
  private long rating() {
    ServerConfiguration.Rating rating = configuration.rating();
    boolean byPower = rating.measured() && rating.rankedBy() == RankedBy.POWER;
    return byPower ? PowerMeter.measure() : rating.given();
  }

  private void preferWhereConfigured() {
    if (configuration.rating().active() || configuration.preemptNanos() > 0) {
      loop.scheduleWithFixedDelay(
          () -> driver.prefer(preference),
          PREFERENCE_CHECK_MILLIS,
          PREFERENCE_CHECK_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  private void measureBandwidth() {
    ServerConfiguration.Rating rating = configuration.rating();
    if (rating.measured() && rating.rankedBy() == RankedBy.BANDWIDTH) {
      BandwidthMeter meter =
          new BandwidthMeter(
              driver.transport(),
              loop,
              rating.everyNanos(),
              configuration.members().size(),
              configuration.self().number(),
              driver::rated);
      loop.execute(meter::start);
    }
  }

  /** Who is master, and what is to be done when that changes. */
  public Mastership mastership() {
    return mastership;
  }

  /** The configuration that this server runs with. */
  public ServerConfiguration configuration() {
    return configuration;
  }

  /**
   * What this server says of itself, as the JSON of the status command.
   *
   * @throws IllegalStateException if the server has been closed
   */
  public String statusJson() {
    try {
      return status().join();
    } catch (CompletionException | RejectedExecutionException e) {
      throw new IllegalStateException("server " + configuration.name() + " is closed", e);
    }
  }

  private CompletableFuture<String> status() {
    return CompletableFuture.supplyAsync(driver::statusJson, loop);
  }

  /** Blocks until {@link #close} was called. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /**
   * Leaves in good order: a master hands over first (R10), to the back-up that has most of the log,
   * so that clients notice no more than a delay. Then this server's threads end. It takes at most
   * the reply time-out longer than {@link #halt}.
   */
  @Override
  public void close() {
    if (!closing.get()) {
      try {
        CompletableFuture.supplyAsync(() -> driver.resign(0), loop)
            .thenCompose(Function.identity())
            .get(MOST_HAND_OVER_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
        LOG.warn("server {} leaves without a hand-over: {}", configuration.name(), e.toString());
      }
    }
    halt();
  }

  /**
   * Leaves at once, as a crash does: this server is not master from now on, and its threads end.
   * The others find out as they find out about a failure.
   */
  public void halt() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    OperatorEndpoint endpoint = operators;
    if (endpoint != null) {
      endpoint.close();
    }
    CompletableFuture.runAsync(driver::stop, loop).join();
    listeners.close();
    Naming names = naming;
    if (names != null) {
      names.close();
    }
    CompletableFuture.runAsync(driver.transport()::close, loop).join();
    commit.close();
    service.close();
    snapshots.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    recorder.close();
    storage.close();
    LOG.info("server {} has stopped", configuration.name());
    stopped.countDown();
  }

  /** Answers from the newest published state; the clock is read after it. */
  private final class Held implements Mastership {
    @Override
    public long fencingToken() {
      State state = driver.published();
      if (state == null || !state.isMaster(hardware.nanoTime())) {
        return 0;
      }
      return state.mastership().epoch().token();
    }

    @Override
    public Duration leaseLeft() {
      State state = driver.published();
      Tenure tenure = state == null ? null : state.tenure();
      if (tenure == null) {
        return Duration.ZERO;
      }
      long until = tenure.lease().untilNanos();
      return until == Long.MAX_VALUE
          ? Duration.ofNanos(Long.MAX_VALUE)
          : Duration.ofNanos(Math.max(0, until - hardware.nanoTime()));
    }

    @Override
    public Optional<String> master() {
      State state = driver.published();
      return state == null || !state.mastership().isKnown()
          ? Optional.empty()
          : Optional.of(configuration.member(state.mastership().master()).name());
    }

    @Override
    public Subscription subscribe(MastershipListener listener) {
      return listeners.subscribe(listener);
    }
  }
}
