package org.mastership.harness.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream of bytes into lines, each of bounded length; keeps one line at a time. */
final class LineReader implements AutoCloseable {
  private final InputStream in;
  private final int longest;
  private final byte[] chunk = new byte[1 << 16];
  private int chunkLength;
  private int chunkPosition;
  private byte[] line = new byte[256];
  private int length;
  private long number;
  private boolean cutOff;

  LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Looks at the bytes of a line where they lie. */
  interface InPlace {
    /**
     * Where the line ends that begins at a place; anything else if it is not to be taken. Not all
     * of it need be there.
     */
    int end(byte[] bytes, int from, int to);
  }

  /** Lets the next line be taken where it lies; false if it was not: it is still the next. */
  boolean take(InPlace taker) throws IOException {
    if (!fill()) {
      return false;
    }
    int end = taker.end(chunk, chunkPosition, chunkLength);
    if (end < 0 || end >= chunkLength || chunk[end] != '\n') {
      return false;
    }
    chunkPosition = end + 1;
    number++;
    return true;
  }

  /** Reads the next line; false at the end. Of a line that is too long, the beginning. */
  boolean next() throws IOException {
    length = 0;
    cutOff = false;
    while (fill()) {
      int end = endOfLine(chunkPosition, chunkLength);
      append(end - chunkPosition);
      chunkPosition = end;
      if (end < chunkLength) {
        chunkPosition++;
        number++;
        return true;
      }
      if (isTooLong()) {
        number++;
        return true;
      }
    }
    cutOff = length > 0;
    number += cutOff ? 1 : 0;
    return cutOff;
  }

  private int endOfLine(int from, int to) {
    int end = from;
    while (end < to && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private boolean fill() throws IOException {
    if (chunkPosition == chunkLength) {
      chunkPosition = 0;
      chunkLength = Math.max(0, in.read(chunk));
    }
    return chunkLength > 0;
  }

  private void append(int count) {
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
    }
    System.arraycopy(chunk, chunkPosition, line, length, count);
    length += count;
  }

  /** The bytes of the line, {@link #length} of them; the array is used again for the next. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** The number of the line, from 1. */
  long number() {
    return number;
  }

  boolean isTooLong() {
    return length > longest;
  }

  /** Whether the stream ended before the line did. */
  boolean isCutOff() {
    return cutOff;
  }

  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
