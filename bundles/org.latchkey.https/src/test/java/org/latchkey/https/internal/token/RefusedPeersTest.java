package org.latchkey.https.internal.token;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.latchkey.status.StatusLine;

/** What is told of those whom the PBX door refuses. */
public class RefusedPeersTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RefusedPeers peers = new RefusedPeers(nanos::get);

  private boolean refuse(int host) throws Exception {
    InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
    return peers.unknown(new InetSocketAddress(address, 40_000), "an unknown bearer token");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  public void anAddressHasOneLineAMinute() throws Exception {
    assertTrue(refuse(1));
    assertFalse(refuse(1));
    assertTrue(refuse(2));
    pass(Duration.ofSeconds(59));
    assertFalse(refuse(1));
    pass(Duration.ofSeconds(1));
    assertTrue(refuse(1));
  }

  @Test
  public void manyAddressesHaveTwentyTogether() throws Exception {
    int lines = 0;
    for (int host = 1; host <= 100; host++) {
      lines += refuse(host) ? 1 : 0;
    }
    assertEquals(20, lines);
    pass(Duration.ofMinutes(1));
    assertTrue(refuse(100));
  }

  @Test
  public void theStatusTellsOfTheLastForTenMinutes() throws Exception {
    assertEquals(List.of(), peers.status());
    refuse(1);
    refuse(7);
    assertEquals(
        "Refused at the PBX door since its start: 2, the last since 10.0.0.7 showed an unknown"
            + " bearer token",
        peers.status().get(0).words());
    pass(Duration.ofMinutes(10));
    assertEquals(List.of(), peers.status());
  }

  @Test
  public void nobodyWhoKnocksHidesAPbxWhoseTokenHasEnded() throws Exception {
    InetSocketAddress pbx = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    for (int host = 1; host <= 100; host++) {
      refuse(host);
    }
    assertEquals(StatusLine.Level.OK, peers.status().get(0).level());
    assertTrue("it has a line all the same", peers.ended(pbx, "our PBX"));
    refuse(101);
    StatusLine line = peers.status().get(0);
    assertEquals(StatusLine.Level.WARNING, line.level());
    assertTrue(line.words(), line.words().contains("127.0.0.1 showed the bearer token 'our PBX'"));
    assertTrue(peers.status().get(1).words().contains("10.0.0.101"));
  }
}
