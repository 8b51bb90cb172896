package org.mastership.node.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a server runs on: its clock and its disk. A test can have the clock go faster or slower than
 * real time, and the disk take longer; by default both are this machine's. Safe for use by any
 * thread.
 */
public final class Hardware {
  private static final double MILLION = 1e6;

  /** From one real time on the clock goes at one rate. */
  private record Rate(long realNanos, long shownNanos, int ppm) {
    long shown(long real) {
      long passed = real - realNanos;
      return shownNanos + passed + (ppm == 0 ? 0 : (long) (passed * (ppm / MILLION)));
    }
  }

  private volatile Rate rate = new Rate(0, 0, 0);
  private volatile long extraNanos;

  /** The clock: monotonic, in ns. */
  public long nanoTime() {
    return rate.shown(System.nanoTime());
  }

  /**
   * From now on the clock is off by so many parts in a million; it does not jump.
   *
   * @param ppm more than 0 for a clock that is fast; above -1,000,000
   */
  public synchronized void clockRate(int ppm) {
    if (ppm <= -MILLION) {
      throw new IllegalArgumentException("a clock does not go backwards: " + ppm + " ppm");
    }
    long real = System.nanoTime();
    rate = new Rate(real, rate.shown(real), ppm);
  }

  /**
   * From now on what is forced to the disk takes so much longer.
   *
   * @param millis 0 or more
   */
  public void diskDelay(long millis) {
    extraNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Something has been forced to the disk; returns when that has taken long enough. */
  void forced() {
    long until = System.nanoTime() + extraNanos;
    while (extraNanos > 0 && until - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, until - System.nanoTime());
    }
  }
}
