package org.latchkey.audit.internal.file;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.internal.chain.Canonical;

/** Records in a file, and what a process that dies leaves of them. */
public class FileArchiveTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.123456Z");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path path;
  private FileArchive file;

  @Before
  public void open() {
    path = folder.getRoot().toPath().resolve("audit").resolve("records");
    file = new FileArchive(path);
  }

  @After
  public void close() {
    file.close();
  }

  @Test
  public void recordsComeBackAsTheyWereWrittenWhateverTheySay() {
    List<ChainedRecord> records =
        chain(
            "plain",
            "tab\tfeed\nreturn\r",
            "back\\slash \\u0041",
            "ü€😀",
            "\u0000\u0085\u2028",
            "");
    file.write(records);
    restart();
    assertEquals(records, file.read(1, 100));
    assertEquals(Optional.of(records.get(5)), file.last());
    assertEquals(records, readAll());
    assertEquals(records.subList(2, 4), file.read(3, 2));
    assertEquals(List.of(), file.read(7, 2));
  }

  @Test
  public void theFileIsItsOwnersAlone() throws IOException {
    file.write(chain("one"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    Path above = path.getParent();
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(above)));
  }

  @Test
  public void aFileThatOthersCouldReadIsItsOwnersAloneAgain() throws IOException {
    file.write(chain("one"));
    restart();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
    file.write(chain("one", "two"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  public void whileOneWritesItAnotherIsRefused() {
    file.write(chain("one"));
    try (FileArchive other = new FileArchive(path)) {
      AuditUnavailableException refused =
          assertThrows(AuditUnavailableException.class, () -> other.write(chain("one", "two")));
      assertTrue(refused.getMessage(), refused.getMessage().contains("locked"));
    }
    file.write(chain("one", "two"));
    assertEquals(2, readAll().size());
  }

  @Test
  public void aSymbolicLinkIsRefused() throws IOException {
    Path elsewhere = folder.newFile().toPath();
    Files.createDirectories(path.getParent());
    Files.createSymbolicLink(path, elsewhere);
    assertThrows(AuditUnavailableException.class, () -> file.write(chain("one")));
    assertEquals(0, Files.size(elsewhere));
  }

  /** The file as it may be after the process or the machine died while it was written. */
  @Test
  public void cutOffAtAnyByteAllWholeRecordsStayAndWritingGoesOn() throws IOException {
    List<ChainedRecord> records = chain("one", "two\n", "three");
    file.write(records);
    restart();
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      int left = wholeRecords(whole, length);
      assertEquals(
          "cut at " + length, left, file.last().map(ChainedRecord::number).orElse(0L).longValue());
      assertEquals(records.subList(0, left), readAll());
      file.write(records);
      restart();
      assertArrayEquals("cut at " + length, whole, Files.readAllBytes(path));
    }
  }

  @Test
  public void aFileThatIsTakenAwayIsNoticedAndBegunAnew() throws IOException {
    List<ChainedRecord> records = chain("one", "two", "three");
    file.write(records.subList(0, 2));
    Files.move(path, folder.getRoot().toPath().resolve("taken"));
    assertThrows(AuditUnavailableException.class, () -> file.write(records.subList(2, 3)));
    assertEquals(Optional.empty(), file.last());
    file.write(records);
    assertEquals(records, readAll());
  }

  @Test
  public void aGapIsRefusedAndWhatIsThereIsPassedOver() {
    List<ChainedRecord> records = chain("one", "two", "three");
    file.write(records.subList(0, 1));
    assertThrows(AuditUnavailableException.class, () -> file.write(records.subList(2, 3)));
    file.write(records);
    assertEquals(records, readAll());
  }

  @Test
  public void aLastLineThatIsNoRecordIsLeftAsItIs() throws IOException {
    file.write(chain("one", "two"));
    restart();
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 2] ^= 1;
    bytes[bytes.length - 80] = '\t';
    Files.write(path, bytes);
    assertThrows(AuditUnavailableException.class, () -> file.last());
    assertArrayEquals(bytes, Files.readAllBytes(path));
  }

  @Test
  public void searchingFindsTheNewestFirstByActionAndByAnyNameOfAPhone() {
    List<ChainedRecord> many = new ArrayList<>();
    String hash = Canonical.GENESIS;
    for (int i = 1; i <= 2_500; i++) {
      String action = i % 2 == 0 ? "key.issued" : "phone.held";
      AuditEntry e =
          new AuditEntry(NOON, "a", action, "k" + i, i % 100 + "@B.org", "805ec0000001", "::1", "");
      hash = Canonical.hash(hash, i, e);
      many.add(new ChainedRecord(i, e, hash));
    }
    file.write(many);
    assertEquals(List.of(2500L, 2498L), numbers(new AuditQuery("", "key.", 0, 2)));
    assertEquals(List.of(2407L, 2307L), numbers(new AuditQuery("7", "", 0, 2)));
    assertEquals(List.of(7L), numbers(new AuditQuery("k7", "", 0, 2)));
    assertEquals(List.of(2500L, 2499L), numbers(new AuditQuery("0:0::1", "", 2498, 9)));
    assertEquals(List.of(), numbers(new AuditQuery("7", "key.", 0, 9)));
    assertEquals(2_500, numbers(new AuditQuery("80:5E:C0:00:00:01", "", 0, 10_000)).size());
  }

  @Test
  public void eachRecordIsFoundByItsNumber() {
    List<ChainedRecord> records = chain("a", "b".repeat(9_000), "c", "", "e".repeat(20_000), "f");
    file.write(records);
    for (int i = 1; i <= records.size(); i++) {
      assertEquals(records.subList(i - 1, i), file.read(i, 1));
    }
  }

  private void restart() {
    file.close();
    file = new FileArchive(path);
  }

  private List<Long> numbers(AuditQuery query) {
    return file.search(query).stream().map(AuditRecord::number).toList();
  }

  /** A line that lacks nothing but its line feed is whole. */
  private static int wholeRecords(byte[] whole, int length) {
    int records = 0;
    for (int i = 0; i < length; i++) {
      if (whole[i] == '\n' || (i + 1 == length && isLineFeed(whole, length))) {
        records++;
      }
    }
    return records;
  }

  private static boolean isLineFeed(byte[] bytes, int at) {
    return at < bytes.length && bytes[at] == '\n';
  }

  private List<ChainedRecord> readAll() {
    List<ChainedRecord> records = new ArrayList<>();
    file.readAll(
        new AuditArchive.Reader() {
          @Override
          public boolean record(ChainedRecord record) {
            return records.add(record);
          }

          @Override
          public boolean unreadable() {
            throw new AssertionError("a line that is no record after " + records.size());
          }
        });
    return records;
  }

  static List<ChainedRecord> chain(String... details) {
    List<ChainedRecord> records = new ArrayList<>();
    String hash = Canonical.GENESIS;
    for (String detail : details) {
      int number = records.size() + 1;
      AuditEntry e = new AuditEntry(NOON, "admin", "key.issued", "k", "1@a", "", "", detail);
      hash = Canonical.hash(hash, number, e);
      records.add(new ChainedRecord(number, e, hash));
    }
    return records;
  }
}
