package org.mastership.node.server;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Message;
import org.mastership.node.storage.Snapshot;

/**
 * What the service is given to execute, and the digests of what it did. For the event loop only.
 */
final class Execution {
  private final LogCache cache;
  private final ServiceThread service;
  private final Snapshots snapshots;
  private final Digests digests = new Digests();
  private long executing;
  private long generation;

  Execution(LogCache cache, ServiceThread service, Snapshots snapshots) {
    this.cache = cache;
    this.service = service;
    this.snapshots = snapshots;
  }

  /** How often the service was brought back to its beginning. */
  long generation() {
    return generation;
  }

  /** Has the entries up to one executed; those that a snapshot stands for are restored from it. */
  void upTo(long last) {
    Snapshot base = snapshots.base();
    if (base != null && executing < base.sequence()) {
      if (last < base.sequence()) {
        return;
      }
      service.restore(base);
      executing = base.sequence();
    }
    long cached = Math.max(executing + 1, cache.first());
    if (executing + 1 < cached) {
      service.executeStored(executing + 1, Math.min(last, cached - 1));
    }
    if (cached <= last) {
      List<ByteString> payloads = cache.slice(cached, last);
      if (payloads != null) {
        service.execute(cached, payloads);
      }
    }
    executing = last;
  }

  /** The service begins anew. */
  void rewind() {
    generation++;
    executing = 0;
    digests.clear();
    service.rewind();
  }

  /** Keeps the results that are of this beginning, and says which was the last. */
  ServiceThread.@Nullable Result executed(List<ServiceThread.Result> results, ClientDesk desk) {
    ServiceThread.Result last = null;
    for (ServiceThread.Result result : results) {
      if (result.generation() == generation) {
        digests.add(result.sequence(), result.digest());
        desk.executed(result);
        last = result;
      }
    }
    return last;
  }

  /** Whether a back-up has other results. */
  boolean differs(Message.Inquiry inquiry) {
    return digests.differ(inquiry);
  }
}
