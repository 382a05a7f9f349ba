package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;
import static org.latchkey.keyagent.internal.TestSite.request;
import static org.latchkey.keyagent.internal.TestSite.text;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/** Who guesses, floods or asks over and over again. */
public class GuessingTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;

  @Before
  public void aSite() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
  }

  @Test
  public void anOldCodeOfACutOffGenerationSparesNobodyTheFiveTries() {
    issued(site.fetch(site.enrol("1001", MAC, CodeKind.TYPED).code().orElseThrow(), MAC));
    cutOffTheFirstGeneration();
    Secret right = site.enrol("1001", MAC, CodeKind.TYPED).code().orElseThrow();

    for (int i = 0; i < 5; i++) {
      assertEquals(DenialReason.UNKNOWN_CODE, denied(site.fetch(wrong(right), MAC)));
    }
    assertEquals(DenialReason.TOO_MANY_TRIES, denied(site.fetch(right, MAC)));
  }

  @Test
  public void aCodeOfAGenerationThatWasCutOffMeanwhileIsAWrongOne() {
    NewEnrolment enrolment = site.enrol("1001", MAC, CodeKind.TYPED);
    cutOffTheFirstGeneration();
    assertEquals(
        DenialReason.UNKNOWN_CODE, denied(site.fetch(enrolment.code().orElseThrow(), MAC)));
    assertEquals(4, site.store.enrolments.get(enrolment.enrolment().id()).triesLeft());
  }

  @Test
  public void aWrongCodeBesideAGoodLoginIsCountedAsAGuess() {
    Secret right = site.enrol("1001", MAC, CodeKind.TYPED).code().orElseThrow();
    IssuedKey phone = issued(site.fetch(site.enrol("1009").code().orElseThrow(), null));
    for (int i = 0; i < 30; i++) {
      KeyRequest.Builder guess = request("805ec00001" + (10 + i)).code(wrong(right));
      issued(
          site.issuer.issue(
              guess.login(phone.keyIdentifier(), phone.provisioningPassword()).build()));
    }
    assertEquals(DenialReason.TOO_FAST, denied(site.fetch(right, MAC)));
  }

  @Test
  public void aPhoneThatFetchesInALoopDoesNotFillTheDiskWithEvidence() {
    IssuedKey phone = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null));
    for (int i = 0; i < KeyMaker.FETCHES_AT_ONCE; i++) {
      issued(site.login(phone));
    }
    int written = site.diary.size();
    for (int i = 0; i < 100; i++) {
      assertTrue(site.login(phone) instanceof IssueResult.Unavailable);
    }
    assertEquals(written, site.diary.size());
    issued(site.fetch(site.enrol("1002").code().orElseThrow(), null));

    site.pass(Duration.ofMinutes(1));
    for (int i = 0; i < KeyMaker.FETCHES_PER_MINUTE; i++) {
      issued(site.login(phone));
    }
    assertTrue(site.login(phone) instanceof IssueResult.Unavailable);
  }

  @Test
  public void aStrangerPushesNobodyElseOutOfWhatIsPending() throws Exception {
    denied(site.issuer.issue(KeyRequest.from(InetAddress.getByName("10.0.0.7"), "json").build()));
    for (int i = 0; i < 1000; i++) {
      denied(
          site.issuer.issue(
              KeyRequest.from(InetAddress.getByName("2001:db8::%x".formatted(i)), "json")
                  .device("%012x".formatted(i))
                  .build()));
    }
    assertEquals(21, site.desk.knocks().size());
    assertEquals("10.0.0.7", site.desk.knocks().get(20).source());
    assertEquals("0000000003e7", site.desk.knocks().get(0).device());
  }

  private void cutOffTheFirstGeneration() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.generations.retire(1, true, "anna");
  }

  private static Secret wrong(Secret right) {
    char first = text(right).charAt(0) == '9' ? '0' : '9';
    return Secret.ofText(first + text(right).substring(1));
  }
}
