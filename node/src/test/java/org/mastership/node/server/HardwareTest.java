package org.mastership.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that goes wrong without a jump, and a disk that takes its time. */
class HardwareTest {
  @TempDir private Path folder;

  @Test
  void aClockThatIsFastRunsAheadOfRealTimeAndNeverJumps() {
    Hardware hardware = new Hardware();
    hardware.clockRate(500_000);
    long real = System.nanoTime();
    long shown = hardware.nanoTime();
    await().until(() -> System.nanoTime() - real > 20_000_000);
    long passed = hardware.nanoTime() - shown;

    assertThat(passed).isGreaterThan(30_000_000);
    hardware.clockRate(-500_000);
    long again = hardware.nanoTime();
    assertThat(again - shown).isGreaterThanOrEqualTo(passed);
    long realAgain = System.nanoTime();
    await().until(() -> System.nanoTime() - realAgain > 20_000_000);
    assertThat(hardware.nanoTime() - again).isLessThan(System.nanoTime() - realAgain);
  }

  @Test
  void withNothingSaidItIsThisMachines() {
    Hardware hardware = new Hardware();
    long before = System.nanoTime();
    long shown = hardware.nanoTime();

    assertThat(shown).isBetween(before, System.nanoTime());
    assertThatThrownBy(() -> hardware.clockRate(-1_000_000))
        .hasMessageContaining("does not go backwards");
  }

  @Test
  void aFileSaysWhatTheHardwareIs() throws Exception {
    Hardware hardware = new Hardware();
    Path file = folder.resolve("hardware");
    HardwareFile.watch(file, hardware);
    Files.writeString(file, HardwareFile.text(400_000, 0));

    await()
        .until(
            () -> {
              long real = System.nanoTime();
              long shown = hardware.nanoTime();
              await().until(() -> System.nanoTime() - real > 10_000_000);
              return hardware.nanoTime() - shown > 1.2 * (System.nanoTime() - real);
            });
  }

  @Test
  void aSlowDiskTakesAtLeastSoMuchLonger() {
    Hardware hardware = new Hardware();
    hardware.diskDelay(30);
    long before = System.nanoTime();
    hardware.forced();

    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(30_000_000);
  }
}
