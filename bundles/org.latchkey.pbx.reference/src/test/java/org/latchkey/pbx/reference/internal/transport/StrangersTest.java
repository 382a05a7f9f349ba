package org.latchkey.pbx.reference.internal.transport;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;

/** Connections without a registration or a call don't hold places that others need. */
public class StrangersTest {

  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
  private static final String TRUNK = "192.0.2.99";

  private final Strangers strangers =
      new Strangers(() -> NOW, source -> source.getAddress().getHostAddress().equals(TRUNK));

  @Test
  public void aStrangersConnectionEndsAfterTwoMinutesWhateverComesOnIt() {
    Connection stranger = new Connection("192.0.2.1");
    for (int second = 1; second < 120; second++) {
      stranger.hears();
      stranger.pass(1);
    }
    assertTrue(stranger.isOpen());
    stranger.pass(1);
    assertFalse(stranger.isOpen());
  }

  @Test
  public void aConnectionWithARegistrationOrCallStaysAndSoDoesATrunks() {
    Connection phone = new Connection("192.0.2.1");
    phone.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    Connection trunk = new Connection(TRUNK);
    for (int minute = 0; minute < 10; minute++) {
      phone.pass(60);
      trunk.pass(60);
    }
    assertTrue(phone.isOpen());
    assertTrue(trunk.isOpen());
  }

  @Test
  public void theOldestStrangerMakesWayWhenAllPlacesAreTaken() {
    ConnectionLimits limits = new ConnectionLimits(3, 3, strangers);
    Connection phone = new Connection("192.0.2.1");
    phone.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    Connection older = new Connection("192.0.2.2");
    Connection newer = new Connection("192.0.2.3");
    for (Connection connection : new Connection[] {phone, older, newer}) {
      assertTrue(limits.enter(connection.flow));
    }
    assertTrue(limits.enter(new Connection("192.0.2.4").flow));
    assertFalse(older.isOpen());
    assertTrue(phone.isOpen());
    assertTrue(newer.isOpen());
    limits.leave(older.flow);
    newer.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    assertTrue("the place was given back once only", limits.enter(new Connection(TRUNK).flow));
    assertFalse("nobody is left who makes way", limits.enter(new Connection("192.0.2.5").flow));
  }

  @Test
  public void aSourceIsAnAddressOrTheNetworkOfAnIpv6Address() {
    ConnectionLimits limits = new ConnectionLimits(2, 10, strangers);
    Connection first = new Connection("2001:db8:0:1::1");
    assertTrue(limits.enter(first.flow));
    Connection second = new Connection("2001:db8:0:1:ffff::2");
    assertTrue(limits.enter(second.flow));
    first.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    second.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    assertFalse(limits.enter(new Connection("2001:db8:0:1::3").flow));
    assertTrue(limits.enter(new Connection("2001:db8:0:2::1").flow));
    limits.leave(first.flow);
    assertTrue(limits.enter(new Connection("2001:db8:0:1::3").flow));
  }

  @Test
  public void theOldestStrangerOfASourceMakesWayForAnotherOfItAndNobodyElseDoes() {
    ConnectionLimits limits = new ConnectionLimits(2, 10, strangers);
    Connection elsewhere = new Connection("2001:db8:0:2::1");
    Connection phone = new Connection("2001:db8:0:1::1");
    phone.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    Connection idle = new Connection("2001:db8:0:1::2");
    for (Connection connection : new Connection[] {elsewhere, phone, idle}) {
      assertTrue(limits.enter(connection.flow));
    }
    Connection late = new Connection("2001:db8:0:1::3");
    assertTrue(limits.enter(late.flow));
    assertFalse(idle.isOpen());
    assertTrue(elsewhere.isOpen() && phone.isOpen());
    late.flow.keepUntil(NOW.plus(Duration.ofMinutes(10)));
    assertFalse("phones don't make way", limits.enter(new Connection("2001:db8:0:1::4").flow));
  }

  /** A connection in memory, with a clock of its own. */
  private final class Connection {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StreamFlow flow;

    Connection(String peer) {
      InetSocketAddress remote = new InetSocketAddress(peer, 5060);
      flow = new StreamFlow(channel, Transport.TCP, DigestAlgorithm.MD5, remote, () -> remote);
      channel.freezeTime();
      channel
          .pipeline()
          .addLast(
              new StreamFramer(),
              new StreamReader(flow, (message, from) -> {}, channel.eventLoop(), strangers));
    }

    void hears() {
      assertFalse(
          "a keep-alive is no message",
          channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'\r', '\n', '\r', '\n'})));
      ByteBuf pong = channel.readOutbound();
      assertEquals(2, pong.readableBytes());
    }

    void pass(int seconds) {
      channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }

    boolean isOpen() {
      return channel.isOpen();
    }
  }
}
