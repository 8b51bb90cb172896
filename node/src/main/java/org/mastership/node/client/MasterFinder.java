package org.mastership.node.client;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.names.NameServer;
import org.mastership.node.names.NameServerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks the master up at the name server while a client searches one, on a thread of its own. The
 * client asks the servers that it knows at the same time: whoever knows the master first is heard.
 */
final class MasterFinder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MasterFinder.class);
  private static final long PAUSE_MILLIS = 100;

  private final NameServer names;
  private final BooleanSupplier searching;
  private final Consumer<Address> found;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          new DefaultThreadFactory("mastership-finder", true));

  /**
   * Begins to look, whenever {@code searching} says so.
   *
   * @param searching called by the finder's thread
   * @param found is given the address of the registered master, on the finder's thread
   */
  MasterFinder(NameServer names, BooleanSupplier searching, Consumer<Address> found) {
    this.names = names;
    this.searching = searching;
    this.found = found;
    thread.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!searching.getAsBoolean()) {
      return;
    }
    try {
      names.lookUp().ifPresent(registration -> found.accept(registration.address()));
    } catch (NameServerException | RuntimeException e) {
      LOG.debug("the master is not looked up: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
