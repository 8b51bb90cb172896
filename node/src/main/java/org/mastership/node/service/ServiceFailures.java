package org.mastership.node.service;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what a service throws, so that clients who make it fail again and again do not fill the log:
 * each kind of failure once with its trace, then one line whenever its count has doubled. For one
 * thread.
 */
final class ServiceFailures {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceFailures.class);
  private static final int MOST_KINDS = 64;
  private static final String OTHER = "other";

  private final Map<String, Long> counts = new HashMap<>();

  /**
   * @param what was asked for: a request or a query
   */
  void log(String what, ByteString operation, RuntimeException failure) {
    String kind = kind(failure);
    boolean known = counts.containsKey(kind) || counts.size() < MOST_KINDS;
    long count = counts.merge(known ? kind : OTHER, 1L, Long::sum);
    if (count == 1) {
      LOG.error(
          "the service failed on a {} of {} bytes; further failures like this one are counted",
          what,
          operation.size(),
          failure);
    } else if (Long.bitCount(count) == 1) {
      LOG.error("the service has failed {} times by now: {}", count, failure.getClass().getName());
    }
  }

  /** Where in which exception; its message may differ each time. */
  private static String kind(RuntimeException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
