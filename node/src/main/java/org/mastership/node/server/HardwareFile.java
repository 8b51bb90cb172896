package org.mastership.node.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the hardware of a server what a file says, for as long as the process runs: two whole
 * numbers, how many parts in a million the clock is off and how many ms longer the disk takes. No
 * file means neither.
 */
public final class HardwareFile {
  private static final Logger LOG = LoggerFactory.getLogger(HardwareFile.class);
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,6}) (\\d{1,5})\\s*");
  private static final long PAUSE_MILLIS = 20;

  private HardwareFile() {}

  /** Begins to look at the file, over and over. */
  public static void watch(Path file, Hardware hardware) {
    Thread thread = new Thread(() -> follow(file, hardware), "hardware");
    thread.setDaemon(true);
    thread.start();
  }

  /** What the file is to have in it. */
  public static String text(int clockPpm, long diskMillis) {
    return clockPpm + " " + diskMillis;
  }

  private static void follow(Path file, Hardware hardware) {
    String before = text(0, 0);
    try {
      while (true) {
        String now = Files.exists(file) ? Files.readString(file) : text(0, 0);
        Matcher numbers = TEXT.matcher(now);
        if (!now.equals(before) && numbers.matches()) {
          before = now;
          hardware.clockRate(Integer.parseInt(numbers.group(1)));
          hardware.diskDelay(Long.parseLong(numbers.group(2)));
          LOG.info(
              "the clock is off by {} ppm, the disk takes {} ms longer",
              numbers.group(1),
              numbers.group(2));
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      LOG.warn("the hardware stays as it is", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
