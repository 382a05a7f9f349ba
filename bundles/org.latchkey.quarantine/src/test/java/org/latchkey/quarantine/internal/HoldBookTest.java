package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Hold.Kind;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.StoreUnavailableException;

public class HoldBookTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Node node = new Node();
  private Path file;
  private HoldBook book;

  @Before
  public void aNodeThatHasReadItsStore() {
    file = folder.getRoot().toPath().resolve("holds");
    book = restarted();
    book.refresh();
    node.deeds.clear();
  }

  @Test
  public void aHoldIsInTheAuditLogThenInTheStoreThenInForceAndInTheSnapshot() throws IOException {
    book.add("k1", Kind.HELD, "stolen", "anna");
    assertEquals(List.of("audit phone.held", "store +k1"), node.deeds);
    assertEquals(List.of("k1"), heldKeys(book));
    assertEquals(Optional.of(book.held().orElseThrow().all()), new HoldSnapshot(file).read());
    assertEquals("stolen", node.audit.entries.peek().detail());
    assertEquals("anna", node.audit.entries.peek().actor());
    assertEquals(List.of(PhoneEvent.Kind.HELD), node.journal.kinds());
  }

  @Test
  public void aKeyMayBeHeldAndWaitForApprovalAtOnce() {
    book.add("k1", Kind.AWAITS_APPROVAL, "waits", "enrolment");
    book.add("k1", Kind.HELD, "stolen", "anna");
    assertEquals(2, book.held().orElseThrow().of("k1").size());
    assertTrue(book.remove("k1", Kind.AWAITS_APPROVAL, "anna"));
    assertEquals(Optional.empty(), book.held().orElseThrow().of("k1", Kind.AWAITS_APPROVAL));
    assertTrue(book.remove("k1", Kind.HELD, "anna"));
    assertEquals(List.of(), heldKeys(book));
    assertEquals(
        List.of("phone.awaits-approval", "phone.held", "phone.approved", "phone.released"),
        node.audit.actions());
  }

  @Test
  public void repeatingAHoldChangesNothingUnlessTheReasonIsNew() {
    book.add("k1", Kind.HELD, "stolen", "anna");
    book.add("k1", Kind.HELD, "stolen", "bert");
    book.add("k1", Kind.AWAITS_APPROVAL, "waits", "enrolment");
    book.add("k1", Kind.AWAITS_APPROVAL, "waits", "enrolment");
    assertEquals(List.of("phone.held", "phone.awaits-approval"), node.audit.actions());
    book.add("k1", Kind.HELD, "found again", "bert");
    assertEquals("bert", book.held().orElseThrow().of("k1", Kind.HELD).orElseThrow().by());
  }

  @Test
  public void manyAreLeftBehindAtOnceAndOnlyThatEndsIt() throws IOException {
    book.add("k1", Kind.HELD, "stolen", "anna");
    node.deeds.clear();
    book.leaveBehind(List.of("k1", "k2"), "generation 1 is retired", "bert");
    book.leaveBehind(List.of("k1", "k2"), "generation 1 is retired", "bert");
    assertEquals(
        List.of("audit phone.left-behind", "audit phone.left-behind", "store +k1", "store +k2"),
        node.deeds);
    assertEquals(Optional.of(book.held().orElseThrow().all()), new HoldSnapshot(file).read());
    assertTrue(book.remove("k1", Kind.HELD, "anna"));
    assertEquals(List.of("k1", "k2"), heldKeys(book));
    book.forgetLeftBehind(List.of("k1", "k2", "k3"), "bert");
    assertEquals(List.of(), heldKeys(book));
  }

  @Test
  public void aWholeSiteIsLeftBehindPieceByPieceAndEachPieceHoldsAtOnce() {
    List<String> phones = IntStream.range(0, 12_000).mapToObj("k%05d"::formatted).toList();
    book.leaveBehind(phones, "its generation is compromised", "anna");
    assertEquals(phones, heldKeys(book));
    List<Integer> pieces = new ArrayList<>();
    int entries = 0;
    for (String deed : node.deeds) {
      boolean audited = deed.equals("audit phone.left-behind");
      if (!audited && entries > 0) {
        pieces.add(entries);
      }
      entries = audited ? entries + 1 : 0;
    }
    assertEquals(List.of(5_000, 5_000, 2_000), pieces);
    book.forgetLeftBehind(phones, "anna");
    assertEquals(List.of(), heldKeys(book));
  }

  @Test
  public void releasingWhatIsNotHeldSaysSoAndWritesNothing() {
    assertFalse(book.remove("k1", Kind.HELD, "anna"));
    assertEquals(List.of(), node.deeds);
  }

  @Test
  public void withoutAnAuditEntryNothingHappens() {
    book.add("k1", Kind.HELD, "stolen", "anna");
    node.audit.away = true;
    assertThrows(
        AuditUnavailableException.class, () -> book.add("k2", Kind.HELD, "stolen", "anna"));
    assertThrows(AuditUnavailableException.class, () -> book.remove("k1", Kind.HELD, "anna"));
    node.withoutAudit = true;
    assertThrows(
        AuditUnavailableException.class, () -> book.add("k2", Kind.HELD, "stolen", "anna"));
    book.refresh();
    assertEquals(List.of("k1"), heldKeys(book));
  }

  @Test
  public void aChangeThatTheStoreRefusesIsNotInForceAndTheAuditLogSaysSo() {
    node.records.readOnly = true;
    assertThrows(
        StoreUnavailableException.class, () -> book.add("k1", Kind.HELD, "stolen", "anna"));
    assertEquals(List.of(), heldKeys(book));
    assertEquals(List.of("phone.held", "phone.unchanged"), node.audit.actions());
  }

  @Test
  public void whileTheStoreIsAwayMemoryDecidesAndNothingCanBeChanged() {
    book.add("k1", Kind.HELD, "stolen", "anna");
    node.withoutStore = true;
    book.refresh();
    assertEquals(List.of("k1"), heldKeys(book));
    assertTrue(book.storeTrouble().isPresent());
    assertThrows(StoreUnavailableException.class, () -> book.remove("k1", Kind.HELD, "anna"));
    assertThrows(StoreUnavailableException.class, () -> book.add("k2", Kind.HELD, "x", "anna"));
    node.withoutStore = false;
    book.refresh();
    assertEquals(Optional.empty(), book.storeTrouble());
  }

  @Test
  public void aRestartWithoutTheStoreGoesByTheSnapshot() {
    book.add("k1", Kind.HELD, "stolen", "anna");
    node.records.away = true;
    HoldBook later = restarted();
    later.refresh();
    assertEquals(List.of("k1"), heldKeys(later));
    assertTrue(later.storeTrouble().isPresent());
    assertFalse(later.isNew());
  }

  @Test
  public void aRestartWithoutStoreAndSnapshotKnowsNothing() throws IOException {
    Files.delete(file);
    node.records.away = true;
    HoldBook later = restarted();
    later.refresh();
    assertEquals(Optional.empty(), later.held());
    assertTrue(later.isNew());
    Files.writeString(file, "rubbish");
    HoldBook damaged = restarted();
    assertEquals(Optional.empty(), damaged.held());
    assertTrue(damaged.snapshotTrouble().isPresent());
    assertFalse(damaged.isNew());
  }

  @Test
  public void newKeysAreKnownOnlyOnceRecordsThatHaveThemWereRead() {
    assertTrue(book.knowsNewKeys());
    node.withoutStore = true;
    book.refresh();
    assertTrue("it was read before", book.knowsNewKeys());
    HoldBook later = restarted();
    later.refresh();
    assertFalse("the snapshot may be old", later.knowsNewKeys());
    node.withoutStore = false;
    node.records.ofExport = true;
    later.refresh();
    assertFalse("an export may be, too", later.knowsNewKeys());
    node.records.ofExport = false;
    later.refresh();
    assertTrue(later.knowsNewKeys());
  }

  @Test
  public void whenTheStoreComesBackItsWordCounts() throws IOException {
    book.add("k1", Kind.HELD, "stolen", "anna");
    book.add("k2", Kind.HELD, "stolen", "anna");
    node.withoutStore = true;
    HoldBook later = restarted();
    later.refresh();
    node.records.remove("k1", Kind.HELD);
    node.records.add(new Hold("k3", Kind.HELD, "by another node", "bert", Instant.EPOCH));
    node.withoutStore = false;
    later.refresh();
    assertEquals(List.of("k2", "k3"), heldKeys(later));
    assertEquals(Optional.of(later.held().orElseThrow().all()), new HoldSnapshot(file).read());
  }

  @Test
  public void aSnapshotThatCantBeWrittenIsNamedAndTriedAgain() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    Files.createFile(file.resolve("in the way"));
    book.add("k1", Kind.HELD, "stolen", "anna");
    assertEquals(List.of("k1"), heldKeys(book));
    assertTrue(book.snapshotTrouble().isPresent());
    Files.delete(file.resolve("in the way"));
    Files.delete(file);
    book.refresh();
    assertEquals(Optional.empty(), book.snapshotTrouble());
    assertEquals(Optional.of(book.held().orElseThrow().all()), new HoldSnapshot(file).read());
  }

  private HoldBook restarted() {
    return new HoldBook(new HoldSnapshot(file), node.neighbours(), new HandClock());
  }

  private static List<String> heldKeys(HoldBook book) {
    return book.held().orElseThrow().all().stream().map(Hold::keyIdentifier).sorted().toList();
  }
}
