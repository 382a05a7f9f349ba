package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.chain;
import static org.latchkey.audit.internal.chain.Evidence.entry;
import static org.latchkey.audit.internal.chain.Evidence.faults;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.status.StatusLine;

/** What is found in records that somebody changed, and what can't be. */
public class VerifyingTest {

  private static final int RECORDS = 200;

  @Rule public final Evidence evidence = new Evidence();

  private final List<ChainedRecord> all = chain(RECORDS);

  @Test
  public void eachOf200RecordsThatIsRemovedIsNamed() {
    assertEquals(Optional.empty(), problem(all));
    for (int i = 0; i < RECORDS - 1; i++) {
      List<ChainedRecord> less = new ArrayList<>(all);
      less.remove(i);
      assertEquals(
          Optional.of(
              "record %d was removed: record %d stands in its place".formatted(i + 1, i + 2)),
          problem(less));
    }
  }

  @Test
  public void eachPairOf200RecordsThatIsSwappedIsNamed() {
    for (int i = 0; i < RECORDS; i++) {
      for (int k = i + 1; k < RECORDS; k++) {
        Collections.swap(all, i, k);
        assertEquals(
            Optional.of(
                "record %d was moved: record %d stands in its place".formatted(i + 1, k + 1)),
            problem(all));
        Collections.swap(all, i, k);
      }
    }
  }

  @Test
  public void eachPairOf200RecordsWhoseContentsAreSwappedIsNamed() {
    for (int i = 0; i < RECORDS; i++) {
      for (int k = i + 1; k < RECORDS; k++) {
        ChainedRecord one = all.get(i);
        ChainedRecord other = all.get(k);
        all.set(i, new ChainedRecord(i + 1, other.entry(), other.hash()));
        all.set(k, new ChainedRecord(k + 1, one.entry(), one.hash()));
        assertEquals(Optional.of("record %d was altered".formatted(i + 1)), problem(all));
        all.set(i, one);
        all.set(k, other);
      }
    }
  }

  @Test
  public void aRecordThatStandsTwiceIsNamed() {
    List<ChainedRecord> twice = new ArrayList<>(all);
    twice.add(all.get(56));
    assertEquals(Optional.of("record 57 stands once more after record 200"), problem(twice));
  }

  @Test
  public void aRecordThatLostItsHashIsNamed() {
    List<ChainedRecord> bare = new ArrayList<>(all);
    bare.set(56, new ChainedRecord(57, all.get(56).entry(), ""));
    assertEquals(Optional.of("record 57 was altered"), problem(bare));
  }

  @Test
  public void aForgeryInASinkThatLostAllItsHashesIsFound() {
    MemoryArchive store = new MemoryArchive("store");
    ChainedAudit log = evidence.log(store);
    for (int i = 0; i < 9; i++) {
      log.append(entry("key.issued"));
    }
    List<ChainedRecord> bare = Evidence.withoutLinks(store.records());
    for (int i = 0; i < bare.size(); i++) {
      store.alter(i, bare.get(i));
    }
    assertEquals("In the store, record 1 was altered", faults(log));
    store.alter(0, new ChainedRecord(1, entry("key.forged"), ""));
    assertTrue(faults(log), faults(log).contains("does not lead to what this process has written"));
  }

  @Test
  public void anAlteredRecordWithAllHashesMadeAnewIsFoundAgainstTheOtherSink() {
    List<ChainedRecord> forged = new ArrayList<>(all.subList(0, 56));
    Link link = Link.of(all.get(55));
    for (int i = 56; i < RECORDS; i++) {
      ChainedRecord record = link.next(i == 56 ? entry("key.forged") : all.get(i).entry());
      forged.add(record);
      link = Link.of(record);
    }
    assertEquals(Optional.empty(), problem(forged));
    MemoryArchive file = new MemoryArchive("file", all);
    MemoryArchive store = new MemoryArchive("store", all);
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    for (int i = 56; i < RECORDS; i++) {
      store.alter(i, forged.get(i));
    }
    store.alter(200, link.next(entry("key.issued")));
    assertTrue(
        faults(log),
        faults(log).contains("Record 57 is not the same in the file and in the store"));
    assertTrue(
        faults(log),
        faults(log).contains("The store does not lead to what this process has written"));
  }

  @Test
  public void aCutTailIsFoundAgainstTheOtherSink() {
    MemoryArchive file = new MemoryArchive("file", all);
    MemoryArchive store = new MemoryArchive("store", all);
    ChainedAudit log = evidence.log(file, store);
    log.append(entry("key.issued"));
    file.cutTo(190);
    assertEquals(
        "The file ends with record 190, record 191 is the first that is missing: its end was cut off",
        faults(log));
  }

  @Test
  public void aTailThatIsCutOffEverywhereIsFoundAgainstAnExportedHeadAndElseNot() throws Exception {
    MemoryArchive file = new MemoryArchive("file", all);
    ChainedAudit before = evidence.log(file);
    before.append(entry("key.issued"));
    String head = before.signedHead();
    before.close();
    Files.deleteIfExists(evidence.path().resolve("head"));

    ChainedAudit after = evidence.log(new MemoryArchive("file", all.subList(0, 190)));
    after.append(entry("key.issued"));
    List<StatusLine> alone = after.verify(Optional.empty());
    assertEquals("", faults(alone));
    assertTrue(alone.toString(), alone.toString().contains("only a head that was exported"));
    String found = faults(after.verify(Optional.of(head)));
    assertTrue(found, found.contains("ends with record 191, but the given head"));
    assertTrue(found, found.contains("record 192 is the first that is missing"));
  }

  @Test
  public void aTailThatIsCutOffWhileNothingRunsIsFoundAgainstTheHeadThatIsKept() {
    ChainedAudit before = evidence.log(new MemoryArchive("file", all));
    before.append(entry("key.issued"));
    before.close();

    ChainedAudit after = evidence.log(new MemoryArchive("file", all.subList(0, 190)));
    after.append(entry("key.issued"));
    assertTrue(faults(after), faults(after).contains("the head that this node keeps"));
    after.close();
    assertTrue(
        "the kept head stays as evidence",
        faults(evidence.log(new MemoryArchive("file", all.subList(0, 190))))
            .contains("has record 201"));
  }

  @Test
  public void aHeadThatWasTouchedOrIsNoneIsRefused() {
    ChainedAudit log = evidence.log(new MemoryArchive("file", all));
    log.append(entry("key.issued"));
    String head = log.signedHead();
    assertEquals("", faults(log.verify(Optional.of(head))));
    assertEquals("", faults(log.verify(Optional.of(head.replace("\n", "\r\n")))));
    for (String bad : new String[] {"", "head", head.replace("201", "200"), head + head}) {
      assertThrows(IllegalArgumentException.class, () -> log.verify(Optional.of(bad)));
    }
  }

  private static Optional<String> problem(List<ChainedRecord> records) {
    Check check = new Check(Set.of());
    for (ChainedRecord record : records) {
      if (!check.record(record)) {
        break;
      }
    }
    return check.problem();
  }
}
