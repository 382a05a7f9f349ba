package org.latchkey.audit.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.audit.ChainedRecord;

/**
 * Looks into a file of lines up to a length. Opens it anew each time, and in a way that an
 * interrupt of the reading thread does not close.
 */
final class Lines {

  private static final int BLOCK_BYTES = 8_192;

  private final Path path;
  private final long length;

  Lines(Path path, long length) {
    this.path = path;
    this.length = length;
  }

  /** The bytes of a part. */
  byte[] bytes(long from, long to) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return bytes(file, from, to);
    }
  }

  /** Where the last whole line ends. */
  long endOfLastLine() throws IOException {
    return length == 0 ? 0 : startOfLine(length);
  }

  /** Where the line begins that the byte before {@code position} would end or be within. */
  long startOfLine(long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return startOfLine(file, position);
    }
  }

  /**
   * Records from a number on, found by halving: numbers grow along the file.
   *
   * @throws IOException when a line on the way is no record
   */
  List<ChainedRecord> from(long number, int most) throws IOException {
    List<ChainedRecord> records = new ArrayList<>();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long low = 0;
      long high = length;
      while (low < high) {
        long start = startOfLine(file, (low + high) / 2);
        long next = start + line(file, start).length;
        if (record(file, start).number() < number) {
          low = next;
        } else {
          high = start;
        }
      }
      while (low < length && records.size() < most) {
        byte[] line = line(file, low);
        records.add(decoded(line, low));
        low += line.length;
      }
    }
    return records;
  }

  private ChainedRecord record(RandomAccessFile file, long start) throws IOException {
    return decoded(line(file, start), start);
  }

  private ChainedRecord decoded(byte[] line, long start) throws IOException {
    Optional<ChainedRecord> record = RecordLine.decode(line);
    return record.orElseThrow(
        () -> new IOException("the line at byte " + start + " of " + path + " is no record"));
  }

  private static long startOfLine(RandomAccessFile file, long position) throws IOException {
    long end = position;
    while (end > 0) {
      long begin = Math.max(0, end - BLOCK_BYTES);
      byte[] block = bytes(file, begin, end);
      for (int i = block.length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return begin + i + 1;
        }
      }
      end = begin;
    }
    return 0;
  }

  private byte[] line(RandomAccessFile file, long start) throws IOException {
    long end = start;
    while (end < length) {
      long to = Math.min(length, end + BLOCK_BYTES);
      byte[] block = bytes(file, end, to);
      for (int i = 0; i < block.length; i++) {
        if (block[i] == '\n') {
          return bytes(file, start, end + i + 1);
        }
      }
      end = to;
    }
    return bytes(file, start, length);
  }

  private static byte[] bytes(RandomAccessFile file, long from, long to) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }
}
