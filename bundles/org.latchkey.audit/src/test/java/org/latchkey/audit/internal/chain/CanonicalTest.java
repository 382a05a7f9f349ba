package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.time.Instant;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;

/** The bytes that are hashed; the values come from the Python program of docs/audit.md. */
public class CanonicalTest {

  private static final String FIRST =
      "04071c55f37cc853495706b6d16f0c7d095420b472ed9bd59d223a7529b46eeb";
  private static final String SECOND =
      "e6c29605d6d5e9b12e0a196a648eda61d19076a5ab28e09944a8172abf59af27";

  @Test
  public void theHashesAreThoseThatAnOutsiderCalculates() {
    AuditEntry begun =
        new AuditEntry(
            Instant.parse("2026-11-25T12:00:00.123456Z"),
            "audit",
            "audit.chain-begun",
            "",
            "",
            "",
            "",
            "The first record");
    assertEquals(FIRST, Canonical.hash(Canonical.GENESIS, 1, begun));
    AuditEntry issued =
        new AuditEntry(
            Instant.parse("2026-11-25T12:00:00Z"),
            "admin",
            "key.issued",
            "k0aa",
            "1001@example.org",
            "805ec0000001",
            "192.0.2.7",
            "For Änne 😀");
    assertEquals(SECOND, Canonical.hash(FIRST, 2, issued));
  }

  @Test
  public void whatMovesFromOneFieldToTheNextIsAnotherRecord() {
    assertNotEquals(hash("ab", "c"), hash("a", "bc"));
    assertNotEquals(hash("", "abc"), hash("abc", ""));
  }

  @Test
  public void everySinkCanKeepWhatIsHashed() {
    AuditEntry wild =
        new AuditEntry(
            Instant.parse("2026-11-25T12:00:00.123456789Z"),
            "nul\0",
            "half\uD83D",
            "",
            "",
            "",
            "",
            "x".repeat(4_094) + "😀" + "y".repeat(10));
    AuditEntry normal = Canonical.normal(wild);
    assertEquals(Instant.parse("2026-11-25T12:00:00.123456Z"), normal.at());
    assertEquals("nul\uFFFD", normal.actor());
    assertEquals("half?", normal.action());
    assertEquals("x".repeat(4_094) + "…", normal.detail());
    assertEquals(normal, Canonical.normal(normal));
  }

  private static String hash(String device, String source) {
    AuditEntry entry =
        new AuditEntry(Instant.EPOCH, "a", "b.c", "", "", device, source, "the same");
    return Canonical.hash(Canonical.GENESIS, 1, entry);
  }
}
