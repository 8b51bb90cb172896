package org.mastership.node.transport;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.mastership.core.Epoch;
import org.mastership.core.Message;
import org.mastership.node.config.ServerConfiguration;
import org.mastership.node.wire.ClientMessage;
import org.mastership.node.wire.PeerFrame;
import org.mastership.node.wire.ServerMessage;
import org.mastership.node.wire.SnapshotPart;
import org.mastership.node.wire.SnapshotWanted;
import org.mastership.node.wire.Status;

/** A server that has nothing but a transport, and remembers what it is told. */
final class TestServer implements AutoCloseable, PeerListener, ClientListener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** All that is told of servers, in order: "connected 2", "disconnected 2". */
  final List<String> told = new CopyOnWriteArrayList<>();

  final List<PeerFrame> received = new CopyOnWriteArrayList<>();
  final List<ClientMessage> ofClients = new CopyOnWriteArrayList<>();
  final Set<ClientConnection> clients = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();
  private final EventLoopGroup loops;
  private final Transport transport;
  private volatile ServerMessage answer = ServerMessage.getDefaultInstance();

  TestServer(ServerConfiguration configuration) throws TransportException {
    loops = EventLoops.single("test-" + configuration.name());
    try {
      transport = new Transport(configuration, loops.next(), this, this);
      transport.bind();
    } catch (TransportException e) {
      stop();
      throw e;
    }
    loops.execute(transport::start);
  }

  static void eventually(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  /** A message that no other test sends. */
  static Message message(long number) {
    return new Message.Refuse(new Epoch(number, 1));
  }

  /** From now on clients are answered with this many bytes. */
  void answerWith(int bytes) {
    answer =
        ServerMessage.newBuilder()
            .setStatus(Status.newBuilder().setJson("x".repeat(bytes)))
            .build();
  }

  void send(int peer, Message message) {
    loops.execute(
        () -> {
          transport.send(peer, message, List.of());
          transport.flush();
        });
  }

  void sendUnflushed(int peer, Message message, List<ByteString> payloads) {
    loops.execute(() -> transport.send(peer, message, payloads));
  }

  /** Whether more is to be read from clients that are connected. */
  void readingOfClients(boolean wanted) {
    loops.submit(() -> clients.forEach(each -> each.reading(wanted))).awaitUninterruptibly();
  }

  void flush() {
    loops.execute(transport::flush);
  }

  void closePeers() {
    loops.execute(transport::closePeers);
  }

  /** Leaves, but its event loop goes on. */
  void leave() {
    loops.execute(transport::close);
  }

  long refusals(Refusals.Reason reason) {
    return transport.refusals().count(reason);
  }

  /** How often a server's host was told to have refused a connection. */
  int refusedBy(int peer) {
    return refused.getOrDefault(peer, 0);
  }

  boolean hasReceived(Message message) {
    return received.stream().anyMatch(frame -> frame.message().equals(message));
  }

  long times(String what) {
    return told.stream().filter(what::equals).count();
  }

  boolean hasConnected(int peer) {
    return told.contains("connected " + peer);
  }

  @Override
  public void connected(int peer) {
    told.add("connected " + peer);
  }

  @Override
  public void disconnected(int peer) {
    told.add("disconnected " + peer);
  }

  @Override
  public void refused(int peer) {
    refused.merge(peer, 1, Integer::sum);
  }

  @Override
  public void received(int peer, Message message, List<ByteString> payloads) {
    received.add(new PeerFrame(message, payloads));
  }

  @Override
  public void readComplete() {
    transport.flush();
  }

  @Override
  public void opened(ClientConnection connection) {
    clients.add(connection);
  }

  @Override
  public void received(ClientConnection connection, ClientMessage message) {
    ofClients.add(message);
    connection.send(answer.toBuilder().setId(message.getId()).build());
  }

  @Override
  public void closed(ClientConnection connection) {
    clients.remove(connection);
  }

  @Override
  public void close() {
    loops.submit(transport::close).awaitUninterruptibly();
    stop();
  }

  private void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Override
  public void receivedAfterSnapshot(int peer, Message message) {}

  @Override
  public void received(int peer, SnapshotPart part) {}

  @Override
  public void received(int peer, SnapshotWanted wanted) {}
}
