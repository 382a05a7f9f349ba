package org.latchkey.pbx.reference.internal.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the PBX. One of them, the SIP thread, owns every registration, transaction and
 * call and reads the datagrams: nothing is locked, and no two messages of a call change places.
 * Streams and their TLS have threads of their own, so that handshakes stand in nobody's way.
 */
public final class SipThreads implements AutoCloseable {

  private static final int STREAM_THREADS = 2;
  private static final long STOP_SECONDS = 5;

  private final EventLoopGroup sip = group(1, "latchkey-sip");
  private final EventLoopGroup streams = group(STREAM_THREADS, "latchkey-sip-streams");
  private final EventLoop sipThread = sip.next();

  /** The SIP thread; also the clock of all timers. */
  public EventLoop sipThread() {
    return sipThread;
  }

  /** The group of the SIP thread. */
  EventLoopGroup sip() {
    return sip;
  }

  /** The group of the stream threads. */
  EventLoopGroup streams() {
    return streams;
  }

  /** Ends all threads and waits for them: first those that hand work to the SIP thread. */
  @Override
  public void close() {
    end(streams);
    end(sip);
  }

  private static void end(EventLoopGroup group) {
    Future<?> ended = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    ended.awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private static EventLoopGroup group(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }
}
