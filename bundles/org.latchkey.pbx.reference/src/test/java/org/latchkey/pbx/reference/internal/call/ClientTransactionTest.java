package org.latchkey.pbx.reference.internal.call;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Connector;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.SipThreads;
import org.latchkey.pbx.reference.internal.transport.Transport;

/** What becomes of a request, and of the connection it was sent on, when no answer comes. */
public class ClientTransactionTest {

  private static final SipMessage INVITE =
      SipMessage.request("INVITE", "sip:112@example.org")
          .add("Via", "SIP/2.0/TCP h;branch=z9hG4bKa")
          .body(new byte[50_000])
          .build();

  private final SipThreads threads = new SipThreads();
  private final EmbeddedChannel time = new EmbeddedChannel();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Room room = new Room(1_000, 1_000);

  @After
  public void endThreads() {
    threads.close();
  }

  @Test
  public void aTrunkThatSaysNothingAtAllLosesTheConnectionSoThatTheNextCallOpensAnother()
      throws Exception {
    try (ServerSocket trunk = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Flow flow = connected(trunk);
      try (Socket accepted = trunk.accept()) {
        sent(flow);
        assertFalse("the whole request is kept for as long as it may be sent", room.isFree());
        pass(31);
        assertTrue(flow.isOpen());
        pass(1);
        assertEquals("no answer", told.poll());
        assertTrue(room.isFree());
        accepted.setSoTimeout(20_000);
        assertEquals(INVITE.bytes().length, accepted.getInputStream().readAllBytes().length);
      }
    }
  }

  @Test
  public void oneThatIsStillAtItKeepsTheConnectionAndAnsweredRequestsKeepNoBody() throws Exception {
    try (ServerSocket trunk = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Flow flow = connected(trunk);
      ClientTransaction invite = sent(flow);
      invite.received(answer(100), flow);
      pass(32);
      assertTrue(flow.isOpen());
      invite.received(answer(200), flow);
      assertTrue(room.isFree());
      assertEquals("100 200", told.poll() + ' ' + told.poll());
    }
  }

  private ClientTransaction sent(Flow flow) {
    ClientTransaction.Answered answered =
        new ClientTransaction.Answered() {
          @Override
          public void answer(SipMessage response, Flow from) {
            told.add(Integer.toString(response.status()));
          }

          @Override
          public void noAnswer() {
            told.add("no answer");
          }
        };
    time.freezeTime();
    ClientTransaction invite =
        new ClientTransaction(
            INVITE, flow, answered, time.eventLoop(), room.ofOurs().share(), () -> {});
    invite.start();
    return invite;
  }

  private static SipMessage answer(int status) {
    return SipMessage.response(status, "Said by a test").add("CSeq", "1 INVITE").build();
  }

  private Flow connected(ServerSocket trunk) throws Exception {
    Connector connector = new Connector(threads, (m, f) -> {}, InstantSource.system());
    CompletableFuture<Flow> found = new CompletableFuture<>();
    var to = new InetSocketAddress(trunk.getInetAddress(), trunk.getLocalPort());
    threads
        .sipThread()
        .execute(
            () ->
                connector.connect(
                    Transport.TCP, to, "localhost", way -> found.complete(way.orElseThrow())));
    return found.get(20, TimeUnit.SECONDS);
  }

  private void pass(int seconds) {
    time.advanceTimeBy(seconds, TimeUnit.SECONDS);
    time.runScheduledPendingTasks();
  }
}
