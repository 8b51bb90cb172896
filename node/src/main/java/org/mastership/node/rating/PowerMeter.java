package org.mastership.node.rating;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Computational power (claim 20): how many bytes all processors of this machine put through SHA-256
 * in a while. What else the machine does meanwhile makes it less.
 */
public final class PowerMeter {
  private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int BLOCK_BYTES = 4 << 10;
  private static final double MEGA = 1e6;

  private PowerMeter() {}

  /** Measures for a quarter of a second; in MB/s, in coarse steps, 1 or more. */
  public static long measure() {
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(processors);
    try {
      List<Future<Double>> each = new ArrayList<>();
      for (int i = 0; i < processors; i++) {
        each.add(threads.submit(PowerMeter::ofOneProcessor));
      }
      double all = 0;
      for (Future<Double> one : each) {
        all += one.get();
      }
      return Steps.of(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (ExecutionException e) {
      throw new IllegalStateException("computational power can not be measured", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static double ofOneProcessor() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[BLOCK_BYTES];
    rate(digest, block, WARM_UP_NANOS);
    return rate(digest, block, MEASURED_NANOS);
  }

  private static double rate(MessageDigest digest, byte[] block, long nanos) {
    long begun = System.nanoTime();
    long bytes = 0;
    while (System.nanoTime() - begun < nanos) {
      digest.update(block);
      bytes += block.length;
    }
    return bytes / MEGA * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun);
  }
}
