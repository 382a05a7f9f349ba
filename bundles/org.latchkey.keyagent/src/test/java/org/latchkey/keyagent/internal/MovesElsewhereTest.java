package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;

/** A stranger's phone that becomes an extension, and registers where nobody tells the agent. */
public class MovesElsewhereTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private MovingPhone users;
  private IssuedKey phone;
  private IssuedKey next;

  @Before
  public void aPhoneThatHasFetchedItsExtension() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    users = new MovingPhone(site);
    phone = users.stranger();
    site.desk.assign(phone.keyIdentifier(), "1001", "anna");
    next = issued(site.login(phone));
  }

  @After
  public void close() {
    users.close();
  }

  private void passes(Duration time) {
    site.pass(time);
    site.parts.moves().tick();
  }

  @Test
  public void theOldKeyEndsAWhileAfterThePhoneCameWithItsNewLogin() {
    passes(Duration.ofDays(2));
    assertTrue("it may never have got the file", site.authenticates(phone));
    issued(site.login(next));
    passes(Duration.ofMinutes(14));
    assertTrue("it may register yet", site.authenticates(phone));
    issued(site.login(next));
    passes(Duration.ofMinutes(1));
    assertFalse(site.authenticates(phone));
    assertTrue(site.authenticates(next));
    assertEquals("its phone has become 1001@localhost", end().reason());
    assertTrue("and exports say so", site.parts.revocations().all().contains(oldKey()));
  }

  @Test
  public void itsFirstFetchAndItsOldLoginEndNothing() {
    issued(site.login(phone));
    issued(site.login(phone));
    passes(Duration.ofMinutes(16));
    assertTrue(site.authenticates(phone));
  }

  @Test
  public void afterARestartThePhoneIsWaitedForAgain() {
    issued(site.login(next));
    users.restart();
    passes(Duration.ofMinutes(16));
    assertTrue(site.authenticates(phone));
    issued(site.login(next));
    passes(Duration.ofMinutes(15));
    assertFalse(site.authenticates(phone));
  }

  @Test
  public void oneThatWasAssignedOnwardsCountsByItsLastLogin() {
    site.desk.assign(next.keyIdentifier(), "1002", "anna");
    IssuedKey last = issued(site.login(next));
    assertEquals("1002", last.record().aor().user());
    issued(site.login(last));
    passes(Duration.ofMinutes(15));
    assertFalse(site.authenticates(phone));
    assertTrue(site.authenticates(last));
  }

  @Test
  public void aNewKeyThatIsRevokedMeanwhileLeavesThePhoneAsItWas() {
    issued(site.login(next));
    site.desk.revoke(next.keyIdentifier(), "a mistake", "anna");
    passes(Duration.ofMinutes(16));
    assertTrue(site.authenticates(phone));
  }

  private String oldKey() {
    return phone.keyIdentifier();
  }

  private KeyRecord.Revocation end() {
    return Optional.ofNullable(site.store.keys.get(oldKey()))
        .flatMap(KeyRecord::revocation)
        .orElseThrow();
  }
}
