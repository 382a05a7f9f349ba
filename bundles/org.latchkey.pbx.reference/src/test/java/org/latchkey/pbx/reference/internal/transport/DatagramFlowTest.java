package org.latchkey.pbx.reference.internal.transport;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** The way to a phone on UDP is our port and its address, not the socket of the moment. */
public class DatagramFlowTest {

  private static final ListenerSpec SPEC =
      new ListenerSpec(Transport.UDP, "127.0.0.1", 0, DigestAlgorithm.MD5);

  private final SipThreads threads = new SipThreads();
  private final BlockingQueue<Flow> heard = new LinkedBlockingQueue<>();
  private final Strangers strangers = new Strangers(InstantSource.system(), source -> false);
  private final ConnectionLimits limits = new ConnectionLimits(1, 1, strangers);
  private final MessageSink sink = (message, flow) -> heard.add(flow);
  private final Listener listener = listener();

  @After
  public void endThreads() {
    threads.close();
  }

  @Test
  public void aFlowOutlivesTheSocketAndLeadsThroughTheOneThatIsOpenNow() throws Exception {
    try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Flow before = flowOf(phone);
      listener.port().socket().orElseThrow().close().await(10, TimeUnit.SECONDS);
      assertFalse(before.isOpen());
      before.send(SipMessage.request("OPTIONS", "sip:lost").build());
      Flow after = flowOf(phone);
      assertEquals(before, after);
      assertTrue(before.isOpen());
      assertEquals(after.local(), before.local());
      before.send(SipMessage.request("OPTIONS", "sip:found").build());
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      phone.setSoTimeout(10_000);
      phone.receive(packet);
      String text = new String(packet.getData(), StandardCharsets.ISO_8859_1);
      assertTrue(text, text.startsWith("OPTIONS sip:found"));
      assertEquals(((InetSocketAddress) packet.getSocketAddress()).getPort(), port());
    }
  }

  @Test
  public void flowsThroughTwoPortsOfOursAreTwo() throws Exception {
    Listener other = listener();
    other.open().get(10, TimeUnit.SECONDS);
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    assertNotEquals(
        new DatagramFlow(listener.port(), peer, DigestAlgorithm.MD5),
        new DatagramFlow(other.port(), peer, DigestAlgorithm.MD5));
  }

  /** Opens the listener if need be, and takes the flow of what a phone sends. */
  private Flow flowOf(DatagramSocket phone) throws Exception {
    listener.open().get(10, TimeUnit.SECONDS);
    byte[] options = SipMessage.request("OPTIONS", "sip:example.org").build().bytes();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    phone.send(new DatagramPacket(options, options.length, loopback, port()));
    Flow flow = heard.poll(10, TimeUnit.SECONDS);
    assertTrue(flow instanceof DatagramFlow);
    return flow;
  }

  private int port() {
    return listener.port().address().getPort();
  }

  private Listener listener() {
    StreamSetup streams =
        new StreamSetup(SPEC, Optional::empty, limits, sink, threads.sipThread(), strangers);
    return new Listener(SPEC, threads, streams, sink);
  }
}
