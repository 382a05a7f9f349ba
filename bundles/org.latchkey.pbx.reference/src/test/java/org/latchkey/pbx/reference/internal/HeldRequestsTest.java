package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.service.HeldRequests;
import org.latchkey.pbx.reference.internal.service.Refusals;

public class HeldRequestsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final DefaultEventExecutor thread = new DefaultEventExecutor();
  private final AtomicBoolean serviceIsThere = new AtomicBoolean();
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final HeldRequests held =
      new HeldRequests(3, 1_000, serviceIsThere::get, thread, new Refusals());

  @After
  public void endThread() {
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  public void whoWaitedForTooLongIsToldSo() throws Exception {
    assertTrue(hold("a", Duration.ofMillis(100)));
    assertEquals("a given up", done.poll(20, TimeUnit.SECONDS));
    assertFalse(onThread(() -> held.isHeld("a")));
  }

  @Test
  public void whenTheServiceIsBackAllAreTriedAgainInOrder() throws Exception {
    hold("a", LONG);
    hold("b", LONG);
    assertFalse("a resend is not held twice", hold("b", LONG));
    serviceIsThere.set(true);
    assertEquals("a tried", done.poll(20, TimeUnit.SECONDS));
    assertEquals("b tried", done.poll(20, TimeUnit.SECONDS));
    assertEquals("a resend is absorbed", null, done.poll(200, TimeUnit.MILLISECONDS));
  }

  @Test
  public void thereIsRoomForSoManyAndOneThatThrowsHoldsUpNobody() throws Exception {
    onThread(
        () ->
            held.hold(
                "bad",
                0,
                System.nanoTime(),
                LONG,
                () -> {
                  throw new IllegalStateException("told to");
                },
                () -> {}));
    hold("a", LONG);
    hold("b", LONG);
    assertFalse(hold("c", LONG));
    serviceIsThere.set(true);
    assertEquals("a tried", done.poll(20, TimeUnit.SECONDS));
  }

  @Test
  public void thereIsRoomForSoManyBytesAndTheyAreFreeAgainAfterwards() throws Exception {
    assertTrue(hold("a", 400, LONG));
    assertTrue("the last one may be longer", hold("b", 900, LONG));
    assertFalse(hold("c", 1, LONG));
    serviceIsThere.set(true);
    assertEquals("a tried", done.poll(20, TimeUnit.SECONDS));
    assertEquals("b tried", done.poll(20, TimeUnit.SECONDS));
    assertTrue(hold("c", 999, Duration.ofMillis(1)));
    assertTrue(done.poll(20, TimeUnit.SECONDS).startsWith("c "));
    assertTrue(hold("d", 1_000, LONG));
  }

  private boolean hold(String key, Duration longest) throws Exception {
    return hold(key, 0, longest);
  }

  private boolean hold(String key, long bytes, Duration longest) throws Exception {
    return onThread(
        () ->
            held.hold(
                key,
                bytes,
                System.nanoTime(),
                longest,
                () -> done.add(key + " tried"),
                () -> done.add(key + " given up")));
  }

  private <T> T onThread(Callable<T> work) throws Exception {
    return thread.submit(work).get(20, TimeUnit.SECONDS);
  }
}
