package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneEvent.Kind;

public final class PhoneStoryTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final FakeAgent agent = new FakeAgent().issued(KEY, "1001", "805ec0000001", 1);
  private final FakeEvidence evidence = new FakeEvidence();
  private final PhoneStory story =
      new PhoneStory(FakeParts.running(agent, evidence.log(), evidence.journal()));

  @Test
  public void theStoryOfAnExtensionHoldsWhatHappenedToItsKey() {
    evidence.append(entry(0, "key.issued", "phone", ""));
    evidence.note(event(1, Kind.REGISTERED, "1001@localhost", "registered"));
    evidence.append(entry(2, "phone.held", "ann", "noise"));
    evidence.note(event(3, Kind.CALL_REFUSED, "1001@localhost", "is held"));
    assertEquals(
        List.of(
            "it was given its key",
            "1001@localhost registered (from 10.0.0.5)",
            "ann held it: noise",
            "1001@localhost is held (from 10.0.0.5)"),
        words("1001"));
  }

  @Test
  public void whatTheAuditLogProvesIsNotToldTwice() {
    evidence.append(entry(0, "key.revoked", "ann", "lost"));
    evidence.note(event(1, Kind.REVOKED, "1001@localhost", "was revoked"));
    evidence.note(event(60, Kind.REVOKED, "1001@localhost", "was revoked again"));
    assertEquals(
        List.of("ann revoked its key: lost", "1001@localhost was revoked again (from 10.0.0.5)"),
        words("1001"));
  }

  @Test
  public void onlyTheLastTenAreToldAndTheLatestComesLast() {
    IntStream.range(0, 25)
        .forEach(i -> evidence.note(event(i, Kind.REGISTERED, "1001@localhost", "event " + i)));
    List<String> words = words("1001");
    assertEquals(10, words.size());
    assertEquals("1001@localhost event 24 (from 10.0.0.5)", words.get(9));
  }

  @Test
  public void aDeviceThatOnlyKnockedIsFoundByItsAddress() {
    evidence.note(
        new PhoneEvent(
            FakeAgent.THEN,
            Kind.KNOCKED,
            "",
            "",
            "805ec0000002",
            "10.0.0.7",
            "came without a code"));
    assertEquals(List.of("805ec0000002 came without a code (from 10.0.0.7)"), words("10.0.0.7"));
    assertEquals(1, words("80:5E:C0:00:00:02").size());
  }

  private List<String> words(String phone) {
    return new ArrayList<>(story.of(phone, 10).stream().map(PhoneStory.Line::words).toList());
  }

  private static AuditEntry entry(int second, String action, String actor, String detail) {
    Instant at = FakeAgent.THEN.plusSeconds(second);
    return new AuditEntry(at, actor, action, KEY, "", "", "", detail);
  }

  private static PhoneEvent event(int second, Kind kind, String aor, String words) {
    Instant at = FakeAgent.THEN.plusSeconds(second);
    return new PhoneEvent(at, kind, KEY, aor, "", "10.0.0.5", words);
  }
}
