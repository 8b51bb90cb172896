package org.mastership.node.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a server's recording: numbered, and together of a bounded size. */
final class Segments {
  private static final int MOST_FILES = 64;

  /** By how much a segment may overshoot: the block and the value that fill it. */
  private static final int OVERSHOOT_BYTES = 256 << 10;

  private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.recording");

  private final Path folder;
  private final long mostBytes;

  Segments(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** When a segment is full: at half of all, so that there is always a whole one besides it. */
  long mostBytesOfOne() {
    return mostBytes / 2 - OVERSHOOT_BYTES;
  }

  /** The file for the next segment; the oldest ones are removed to make room for it. */
  Path next() throws IOException {
    Files.createDirectories(folder);
    NavigableMap<Long, Path> files = files();
    long following = files.isEmpty() ? 1 : files.lastKey() + 1;
    long room = mostBytes / 2;
    int kept = 0;
    for (Path file : files.descendingMap().values()) {
      room -= Files.size(file);
      kept++;
      if (room < 0 || kept == MOST_FILES) {
        Files.delete(file);
      }
    }
    return folder.resolve(String.format(Locale.ROOT, "%08d.recording", following));
  }

  private NavigableMap<Long, Path> files() throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    try (var all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (matcher.matches()) {
          files.put(Long.parseLong(matcher.group(1)), file);
        }
      }
    }
    return files;
  }
}
