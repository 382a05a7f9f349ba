package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

/** Subkeys are wiped when they may have changed, but never under a running computation. */
public class SubkeysTest {

  private final SiteKeys site = new SiteKeys();
  private final Subkeys subkeys = new Subkeys(new Random());

  @Test
  public void aSetInUseOutlivesItsRevision() {
    SubkeySet set = subkeys.lease(site);
    GenerationKeys keys = set.of(1, SiteKeys.REALM, SiteKeys.DOMAIN);
    byte[] before = keys.tag().mac(new byte[1]);
    site.revision++;
    SubkeySet next = subkeys.lease(site);
    assertNotSame(set, next);
    assertArrayEquals(before, keys.tag().mac(new byte[1]));
    set.leases().giveBack();
    assertThrows(IllegalStateException.class, () -> keys.tag().mac(new byte[1]));
    next.leases().giveBack();
  }

  @Test
  public void theSameRevisionGivesTheSameSet() {
    SubkeySet set = subkeys.lease(site);
    assertSame(set, subkeys.lease(site));
  }

  @Test
  public void whatIsNotServedOrDoesNotVerifyIsADecoy() {
    SubkeySet set = subkeys.lease(site);
    assertFalse(set.of(1, "elsewhere", SiteKeys.DOMAIN).known());
    assertFalse(set.of(3, SiteKeys.REALM, SiteKeys.DOMAIN).known());
    assertTrue(set.of(2, SiteKeys.REALM, SiteKeys.DOMAIN).known());
  }

  @Test
  public void forgettingEndsTheSet() {
    SubkeySet set = subkeys.lease(site);
    set.leases().giveBack();
    subkeys.forget();
    assertFalse(set.leases().take());
    assertTrue(subkeys.lease(site).leases().take());
  }

  @Test
  public void theLastLeaseWipesOnce() {
    AtomicInteger wiped = new AtomicInteger();
    Leases leases = new Leases(wiped::incrementAndGet);
    assertTrue(leases.take());
    leases.giveBack();
    assertEquals(0, wiped.get());
    assertTrue(leases.take());
    leases.giveBack();
    leases.giveBack();
    assertEquals(1, wiped.get());
    assertFalse(leases.take());
    assertEquals(1, wiped.get());
  }
}
