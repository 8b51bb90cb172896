package org.mastership.node.names;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The registrations of groups on stable storage, one file a group. A file is forced under another
 * name and then renamed, so that it is whole after a power loss: the old one or the new one.
 */
final class NameTable {
  private static final int MOST_GROUPS = 1024;
  private static final int MOST_NAME_CHARACTERS = 128;
  private static final String SUFFIX = ".name";

  private final Path folder;

  NameTable(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  synchronized Optional<Registration> lookUp(String group) throws IOException {
    Path file = file(group);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Registration.parse(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new IOException("the file " + file + " is damaged; restore it from a copy", e);
    }
  }

  /** Registers unless a higher epoch is registered; gives what is registered then. */
  synchronized Registration publish(String group, Registration registration) throws IOException {
    Optional<Registration> stored = lookUp(group);
    if (stored.isPresent() && !registration.epoch().isAbove(stored.get().epoch())) {
      return stored.get();
    }
    if (stored.isEmpty() && isFull()) {
      throw new IOException("there are " + MOST_GROUPS + " groups, no more are taken");
    }
    write(file(group), registration.text());
    return registration;
  }

  private boolean isFull() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).count() >= MOST_GROUPS;
    }
  }

  private void write(Path file, String text) throws IOException {
    Path next = folder.resolve("next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private Path file(String group) throws IOException {
    if (group.isEmpty() || group.length() > MOST_NAME_CHARACTERS) {
      throw new IOException("a group's name has 1 to " + MOST_NAME_CHARACTERS + " characters");
    }
    // An encoded name has no separators; the prefix keeps it from being "..".
    return folder.resolve("group-" + URLEncoder.encode(group, StandardCharsets.UTF_8) + SUFFIX);
  }
}
