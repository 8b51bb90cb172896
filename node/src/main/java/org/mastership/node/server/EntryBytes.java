package org.mastership.node.server;

import com.google.protobuf.ByteString;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Effect;
import org.mastership.core.Message;
import org.mastership.core.Position;
import org.mastership.core.Run;
import org.mastership.core.State;
import org.mastership.node.storage.GroupCommit;
import org.mastership.node.storage.Snapshot;
import org.mastership.node.transport.Transport;

/**
 * The bytes of entries, of which core knows the places only: those that clients and messages bring
 * go to the cache and to storage, those that are sent come from there, or from a snapshot. For the
 * event loop only.
 */
final class EntryBytes {
  private final LogCache cache;
  private final ClientDesk desk;
  private final GroupCommit storage;
  private final Transport transport;
  private final Snapshots snapshots;
  private final EventLoop loop;
  private final Predicate<Position> inLog;
  private List<ByteString> received = List.of();
  private long receivedFirst;
  private @Nullable Snapshot arrived;

  /**
   * @param inLog whether this server still takes part, and its log has a position
   */
  EntryBytes(
      LogCache cache,
      ClientDesk desk,
      GroupCommit storage,
      Transport transport,
      Snapshots snapshots,
      EventLoop loop,
      Predicate<Position> inLog) {
    this.cache = cache;
    this.desk = desk;
    this.storage = storage;
    this.transport = transport;
    this.snapshots = snapshots;
    this.loop = loop;
    this.inLog = inLog;
  }

  /** A message has come, with the bytes of its entries if it has any. */
  void received(Message message, List<ByteString> payloads) {
    received = payloads;
    if (message instanceof Message.Entries entries) {
      receivedFirst = entries.before().sequence() + 1;
    } else if (message instanceof Message.Fetched fetched) {
      receivedFirst = fetched.before().sequence() + 1;
    }
  }

  /**
   * A message whose entries a snapshot carries has come.
   *
   * @return whether the snapshot is here, or the log has what it stands for
   */
  boolean receivedAfterSnapshot(Message message) {
    Position end = end(message).end();
    arrived = snapshots.arrived(end);
    return arrived != null || inLog.test(end);
  }

  /** The message was dealt with: what of its bytes was not appended is not wanted. */
  void taken() {
    received = List.of();
    arrived = null;
  }

  private static Run end(Message message) {
    List<Run> runs =
        message instanceof Message.Fetched fetched
            ? fetched.runs()
            : ((Message.Entries) message).runs();
    return runs.get(runs.size() - 1);
  }

  void send(int to, Message message, State state) {
    if (message instanceof Message.Entries entries) {
      send(to, message, entries.runs(), state);
    } else if (message instanceof Message.Fetched fetched) {
      send(to, message, fetched.runs(), state);
    } else {
      transport.send(to, message, List.of());
    }
  }

  /** Attaches the bytes; those of old entries come from storage, and later. */
  private void send(int to, Message message, List<Run> runs, State state) {
    long first = runs.get(0).first();
    Run end = runs.get(runs.size() - 1);
    if (first <= state.floor()) {
      snapshots.send(to, message, end.end());
      return;
    }
    List<ByteString> payloads = cache.slice(first, end.last());
    if (payloads != null) {
      transport.send(to, message, payloads);
      return;
    }
    storage.read(
        first,
        end.last(),
        Integer.MAX_VALUE,
        read -> loop.execute(() -> sendRead(to, message, end, read)));
  }

  /** What was read is sent only if it was all there, and is still what the log has there. */
  private void sendRead(int to, Message message, Run end, List<ByteString> payloads) {
    if (!payloads.isEmpty() && inLog.test(end.end())) {
      transport.send(to, message, payloads);
      transport.flush();
    }
  }

  void append(Effect.Append effect) {
    Run run = effect.run();
    if (effect.origin() == Effect.Origin.MESSAGE && arrived != null) {
      install(effect, arrived);
      return;
    }
    List<ByteString> payloads =
        switch (effect.origin()) {
          case REQUESTS -> desk.admitted(run.first(), run.last());
          case MESSAGE ->
              received.subList(
                  (int) (run.first() - receivedFirst), (int) (run.last() - receivedFirst) + 1);
          case TENURE -> List.of(ByteString.EMPTY);
        };
    long sequence = run.first();
    for (ByteString payload : payloads) {
      cache.append(sequence++, payload);
    }
    snapshots.appended(run.last(), payloads);
    storage.append(effect.ticket(), run, payloads);
  }

  /** The entries of a message that a snapshot carries: all of them together, with the last. */
  private void install(Effect.Append effect, Snapshot snapshot) {
    if (effect.run().last() == snapshot.sequence()) {
      cache.skipTo(snapshot.sequence());
      snapshots.installed(snapshot);
      storage.compact(effect.ticket(), snapshot);
    }
  }

  void cut(Effect.Cut effect) {
    cache.cut(effect.after());
    snapshots.cut(effect.after());
    storage.cut(effect.ticket(), effect.after());
  }
}
