package org.latchkey.audit.internal.file;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.internal.chain.Check;

/** The lines of 200 records of which each byte is changed, one at a time. */
public class FlippedByteTest {

  private static final int RECORDS = 200;

  private final List<ChainedRecord> all =
      FileArchiveTest.chain(
          IntStream.range(0, RECORDS).mapToObj(i -> "d" + i).toArray(String[]::new));

  @Test
  public void eachByteOf200RecordsThatIsFlippedIsNamedByItsRecord() {
    assertEquals(Optional.empty(), problem(RECORDS, new byte[0]));
    for (int k = 0; k < RECORDS; k++) {
      byte[] line = RecordLine.encode(all.get(k));
      byte[] rest = k + 1 < RECORDS ? RecordLine.encode(all.get(k + 1)) : new byte[0];
      byte[] both = Arrays.copyOf(line, line.length + rest.length);
      System.arraycopy(rest, 0, both, line.length, rest.length);
      for (int i = 0; i < line.length; i++) {
        both[i] ^= (byte) (1 << (i % 8));
        String found = problem(k, both).orElse("nothing");
        assertTrue(
            "record " + (k + 1) + ", byte " + i + ": " + found,
            found.startsWith("record %d was ".formatted(k + 1)));
        both[i] = line[i];
      }
    }
  }

  /** What is found after so many records as they were and then these lines. */
  private Optional<String> problem(int before, byte[] lines) {
    Check check = new Check(Set.of());
    all.subList(0, before).forEach(check::record);
    List<byte[]> split = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n' || i == lines.length - 1) {
        split.add(Arrays.copyOfRange(lines, start, i + 1));
        start = i + 1;
      }
    }
    for (byte[] line : split) {
      if (!RecordLine.decode(line).map(check::record).orElseGet(check::unreadable)) {
        break;
      }
    }
    return check.problem();
  }
}
