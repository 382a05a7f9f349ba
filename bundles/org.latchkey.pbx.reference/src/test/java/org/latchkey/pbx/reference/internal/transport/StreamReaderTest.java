package org.latchkey.pbx.reference.internal.transport;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A connection is read no faster than its messages are handled, and never goes deaf. */
public class StreamReaderTest {

  private static final SipMessage MESSAGE = SipMessage.request("OPTIONS", "sip:a").build();
  private static final int MANY = 40;

  private final DefaultEventLoop sipThread = new DefaultEventLoop();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @After
  public void endThread() {
    sipThread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  public void itsOwnThreadDecidesThatItIsReadAgain() throws Exception {
    reads((message, flow) -> {});
    assertFalse("the thread of the connection was not heard yet", isRead());
    channel.runPendingTasks();
    assertTrue(isRead());
  }

  @Test
  public void messagesThatCanNotBeHandledAreNoReasonToStopReading() throws Exception {
    reads(
        (message, flow) -> {
          throw new Told();
        });
    channel.runPendingTasks();
    assertTrue(isRead());
  }

  /** Lets many messages come, and waits until all are handled. */
  private void reads(MessageSink sink) throws Exception {
    InetSocketAddress peer = new InetSocketAddress("192.0.2.1", 5060);
    StreamFlow flow = new StreamFlow(channel, Transport.TCP, DigestAlgorithm.MD5, peer, () -> peer);
    Strangers strangers = new Strangers(InstantSource.system(), source -> false);
    channel.pipeline().addLast(new StreamReader(flow, sink, sipThread, strangers));
    sipThread.submit(() -> come(MANY)).get(10, TimeUnit.SECONDS);
    assertFalse(isRead());
    sipThread.submit(() -> {}).get(10, TimeUnit.SECONDS);
  }

  /** Runs on the SIP thread, so that nothing is handled meanwhile. */
  private void come(int messages) {
    for (int i = 0; i < messages; i++) {
      channel.pipeline().fireChannelRead(MESSAGE);
    }
  }

  private boolean isRead() {
    return channel.config().isAutoRead();
  }

  /** A fault that is no exception, short in the log. */
  private static final class Told extends Error {
    private static final long serialVersionUID = 1;

    Told() {
      super("told to", null, false, false);
    }
  }
}
