package org.mastership.harness.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mastership.harness.checker.Observation;
import org.mastership.harness.network.Links;
import org.mastership.node.config.ServerConfiguration.Address;

/**
 * A group of real servers, named s1, s2 and so on in the order of their indexes. When this process
 * ends, also by a signal it can catch, they are killed. Safe for use by any thread.
 */
public interface RunningGroup extends AutoCloseable {
  /** The group's name, which clients may ask for. */
  String name();

  /** The folder with the group's files. */
  Path folder();

  /** All servers, in the order of their numbers. */
  List<? extends RunningServer> servers();

  /** The server with a number. */
  RunningServer server(int number);

  /** The addresses of all servers, running or not. */
  default List<Address> addresses() {
    return servers().stream().<Address>map(RunningServer::address).toList();
  }

  /** Starts all servers that do not run. */
  default void startAll() throws IOException {
    for (RunningServer server : servers()) {
      if (!server.isRunning()) {
        server.start();
      }
    }
  }

  /**
   * The network between the servers.
   *
   * @throws IllegalStateException if the group was made without a network that can be changed
   */
  Links links();

  /** What all servers said of their mastership. */
  default List<Observation> masterships() throws IOException {
    List<Observation> all = new ArrayList<>();
    for (RunningServer server : servers()) {
      all.addAll(server.masterships());
    }
    return all;
  }

  /** Writes each server's log to {@link #folder}, where it is not written there as it comes. */
  default void saveLogs() throws IOException, InterruptedException {}

  /** Kills all servers; the files of {@link #folder} stay. */
  @Override
  void close();
}
