package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FirstRegistrationsTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private FirstRegistrations registrations;
  private String key;

  @Before
  public void aPhone() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    registrations = site.parts.registrations();
    key = issued(site.fetch(site.enrol("1001").code().orElseThrow(), null)).keyIdentifier();
    site.diary.clear();
  }

  @Test
  public void theFirstOneIsWrittenOnce() {
    Instant first = site.now();
    assertTrue(registrations.note(key, first));
    assertFalse(registrations.note(key, first.plusSeconds(60)));
    registrations.flush();
    assertFalse(registrations.note(key, first.plusSeconds(120)));
    registrations.flush();
    assertEquals(List.of("store: registered " + key), site.diary);
    assertEquals(Optional.of(first), site.store.key(key).orElseThrow().registeredAt());
  }

  @Test
  public void itWaitsForTheStore() {
    site.store.readOnly(true);
    registrations.note(key, site.now());
    registrations.flush();
    site.storeIsAway(true);
    registrations.flush();
    assertEquals(1, registrations.waiting());
    assertTrue(registrations.contains(key));
    site.look();
    String status = new AgentStatus(site.parts).status().toString();
    assertTrue(status, status.contains("1 first registrations wait"));
    site.store.readOnly(false);
    site.storeIsAway(false);
    registrations.flush();
    assertEquals(0, registrations.waiting());
    assertEquals(Optional.of(site.now()), site.store.key(key).orElseThrow().registeredAt());
  }

  @Test
  public void whatWaitsIsBounded() {
    site.storeIsAway(true);
    for (int i = 0; i < 100_100; i++) {
      registrations.note("k" + i, site.now());
    }
    assertEquals(100_000, registrations.waiting());
  }
}
