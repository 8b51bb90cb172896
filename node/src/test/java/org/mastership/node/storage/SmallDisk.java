package org.mastership.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of a few mebibytes, in memory. Only root can make one: others see the test skipped, with
 * the reason; for root, and in CI, it is an error that it can not be made.
 */
public final class SmallDisk {
  private static final String ROOT = "root";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts an empty disk at a folder, which is made if it is not there. */
  public static SmallDisk mount(Path folder, int mebibytes) throws Exception {
    Files.createDirectories(folder);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", size(mebibytes), "tmpfs", folder.toString());
    if (ROOT.equals(System.getProperty("user.name")) || System.getenv("CI") != null) {
      assertThat(mounted)
          .as("root, or who runs in CI, can mount a small disk (a container may lack the right)")
          .isTrue();
    }
    Assumptions.assumeTrue(mounted, "a full disk was NOT tested: mounting one needs root");
    return new SmallDisk(folder);
  }

  private static String size(int mebibytes) {
    return "size=" + mebibytes + "m";
  }

  /** Makes the disk larger, with what is on it. */
  public void enlarge(int mebibytes) throws Exception {
    assertThat(run("mount", "-o", "remount," + size(mebibytes), folder.toString())).isTrue();
  }

  /** Takes all the room that is left, by a file that is in nobody's way otherwise. */
  public void fill() throws IOException {
    byte[] block = new byte[4 << 10];
    try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** Takes all the room that is left but for some mebibytes. */
  public void fillBut(int mebibytes) throws IOException {
    fill();
    try (FileChannel filler =
        FileChannel.open(folder.resolve("filler"), StandardOpenOption.WRITE)) {
      filler.truncate(filler.size() - ((long) mebibytes << 20));
    }
  }

  /** Takes the disk away, with what is on it. */
  public void unmount() throws Exception {
    assertThat(run("umount", folder.toString())).isTrue();
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
