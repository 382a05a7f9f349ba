package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.Secret;

public class TypedCodeTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private NewEnrolment enrolment;
  private Secret right;

  @Before
  public void aPhoneWithATypedCode() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    enrolment = site.enrol("1001", MAC, CodeKind.TYPED);
    right = enrolment.code().orElseThrow();
  }

  @Test
  public void eightDigitsWithBlanksAndDashesGetTheKey() {
    assertTrue(text(right).matches("[0-9]{8}"));
    Secret typed = Secret.ofText(text(right).substring(0, 4) + "-" + text(right).substring(4));
    String key = issued(site.fetch(typed, MAC)).keyIdentifier();
    assertEquals(key, issued(site.fetch(right, MAC)).keyIdentifier());
  }

  @Test
  public void theCodeIsWorthNothingForAnotherDevice() {
    site.enrol("1002", "805ec0000002", CodeKind.TYPED);
    assertEquals(DenialReason.UNKNOWN_CODE, denied(site.fetch(right, "805ec0000002")));
    assertEquals(DenialReason.UNKNOWN_CODE, denied(site.fetch(right, null)));
    assertEquals(5, tries());
  }

  @Test
  public void theFifthWrongTryIsTheLast() {
    for (int i = 0; i < 5; i++) {
      assertEquals(DenialReason.UNKNOWN_CODE, denied(site.fetch(wrong(), MAC)));
    }
    assertEquals(DenialReason.TOO_MANY_TRIES, denied(site.fetch(right, MAC)));
    assertEquals(DenialReason.TOO_MANY_TRIES, denied(site.fetch(wrong(), MAC)));
    assertTrue(site.store.keys.isEmpty());
  }

  @Test
  public void fourWrongTriesAreForgiven() {
    for (int i = 0; i < 4; i++) {
      denied(site.fetch(wrong(), MAC));
    }
    issued(site.fetch(right, MAC));
  }

  @Test
  public void aTypedCodeWithoutADeviceIsBoundToItsExtension() {
    Secret code = site.enrol("1002", null, CodeKind.TYPED).code().orElseThrow();
    assertEquals(DenialReason.UNKNOWN_CODE, denied(site.fetch(code, null)));
    assertEquals("1002", issued(site.fetch(code, "1002")).record().aor().user());
  }

  @Test
  public void theStoreHoldsNothingToTryDigitsAgainst() {
    String hash = site.store.enrolments.get(enrolment.enrolment().id()).codeHash();
    assertTrue(hash, hash.matches("1:[0-9a-f]{64}"));
    NewEnrolment other = site.enrol("1001", MAC, CodeKind.TYPED);
    assertTrue(site.parts.codes().fits(enrolment.enrolment(), right));
    assertEquals(
        text(right).equals(text(other.code().orElseThrow())),
        site.parts.codes().fits(other.enrolment(), right));
  }

  @Test
  public void refusalsLeaveAtTheSameBeatWhateverTheyCost() {
    denied(site.fetch(wrong(), MAC));
    denied(site.fetch(wrong(), "805ec0000009"));
    denied(site.fetch(Secret.ofText("nonsense"), null));
    denied(site.fetch(Secret.ofText("0123456789abcdef"), null));
    site.pass(Duration.ofMinutes(15));
    denied(site.fetch(right, MAC));
    assertEquals(5, site.waits.size());
    assertEquals(Set.of(100_000_000L), new HashSet<>(site.waits));
  }

  @Test
  public void whoGuessesAtManyPhonesIsStopped() {
    for (int i = 0; i < 30; i++) {
      denied(site.fetch(wrong(), "805ec00001" + (10 + i)));
    }
    assertEquals(DenialReason.TOO_FAST, denied(site.fetch(right, MAC)));
    Secret url = site.enrol("1003").code().orElseThrow();
    issued(site.fetch(url, null));
    site.pass(Duration.ofSeconds(10));
    issued(site.fetch(right, MAC));
  }

  @Test
  public void manyThreadsHaveFiveTriesTogether() throws Exception {
    List<Callable<IssueResult>> guesses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      guesses.add(() -> site.fetch(wrong(), MAC));
    }
    all(guesses).forEach(TestSite::denied);
    assertEquals(0, tries());
    assertEquals(DenialReason.TOO_MANY_TRIES, denied(site.fetch(right, MAC)));
  }

  @Test
  public void twoFetchesAtOnceLeadToOneKey() throws Exception {
    for (int round = 0; round < 20; round++) {
      Secret code = site.enrol("1100").code().orElseThrow();
      List<Callable<IssueResult>> fetches = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        fetches.add(() -> site.fetch(code, null));
      }
      Set<String> keys = new HashSet<>();
      all(fetches).forEach(result -> keys.add(issued(result).keyIdentifier()));
      assertEquals(1, keys.size());
    }
    assertEquals(20, site.store.keys.size());
  }

  @Test
  public void twoEnrolmentsOfOneDeviceAtOnceLeadToTwoKeys() throws Exception {
    for (int round = 0; round < 20; round++) {
      Secret one = site.enrol("1200", MAC, CodeKind.URL).code().orElseThrow();
      Secret two = site.enrol("1200", MAC, CodeKind.URL).code().orElseThrow();
      Set<String> keys = new HashSet<>();
      all(List.of(() -> site.fetch(one, MAC), () -> site.fetch(two, MAC)))
          .forEach(result -> keys.add(issued(result).keyIdentifier()));
      assertEquals(2, keys.size());
    }
  }

  private static List<IssueResult> all(List<Callable<IssueResult>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<IssueResult> results = new ArrayList<>();
      for (Future<IssueResult> each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private Secret wrong() {
    char first = text(right).charAt(0) == '9' ? '0' : '9';
    return Secret.ofText(first + text(right).substring(1));
  }

  private int tries() {
    return site.store.enrolments.get(enrolment.enrolment().id()).triesLeft();
  }
}
