package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class SourceRatesTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final SourceRates rates = new SourceRates(3, now::get);

  @Test
  public void anAddressHasItsWrongTriesAndGetsThemBackWithTime() throws Exception {
    InetAddress source = InetAddress.getByName("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      assertFalse(rates.exhausted(source));
      rates.wrong(source);
    }
    assertTrue(rates.exhausted(source));
    assertFalse(rates.exhausted(InetAddress.getByName("192.0.2.2")));
    now.addAndGet(TimeUnit.SECONDS.toNanos(19));
    assertTrue(rates.exhausted(source));
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertFalse(rates.exhausted(source));
    rates.wrong(source);
    assertTrue(rates.exhausted(source));
  }

  @Test
  public void anIpv6NetworkIsOneSource() throws Exception {
    for (int i = 0; i < 3; i++) {
      rates.wrong(InetAddress.getByName("2001:db8:0:1::" + i));
    }
    assertTrue(rates.exhausted(InetAddress.getByName("2001:db8:0:1:ffff::1")));
    assertFalse(rates.exhausted(InetAddress.getByName("2001:db8:0:2::1")));
  }
}
