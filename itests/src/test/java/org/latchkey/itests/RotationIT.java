package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Trunk;

/** A generation is replaced while phones register all the time, and none of them notices. */
public final class RotationIT {

  private static final int PHONES = Integer.getInteger("latchkey.phones", 200);
  private static final int LEFT = 5;
  private static final int REGISTERS_PER_SECOND = 200;
  private static final int THREADS = 8;

  private LatchkeyNode node;
  private Trunk trunk;
  private final AtomicReferenceArray<ProvisionedKey> phones = new AtomicReferenceArray<>(PHONES);
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger registers = new AtomicInteger();
  private final List<SipWire> wires = new ArrayList<>();
  private final List<Future<?>> registering = new ArrayList<>();
  private long started;

  @Before
  public void aSiteWithItsPhones() throws IOException {
    node = LatchkeyNode.unpacked().longLived();
    trunk = Trunk.of(node);
    node.start();
    List<ProvisionedKey> keys = Fleet.enrolled(node, 50_000, PHONES);
    for (int i = 0; i < PHONES; i++) {
      phones.set(i, keys.get(i));
    }
  }

  @After
  public void end() {
    wires.forEach(SipWire::close);
    trunk.close();
    node.close();
  }

  @Test
  public void noneIsRefusedAndExactlyThoseThatNeverFetchedAreLeft() throws Exception {
    ScheduledExecutorService steady = steadyRegisters();
    awaitMore(2);
    assertTrue(node.shell("latchkey:rotate").contains("Generation 2 issues"));
    List<String> old = new ArrayList<>();
    Door door = Door.of(node);
    for (int i = 0; i < PHONES; i++) {
      ProvisionedKey before = phones.get(i);
      old.add(before.credentials().keyIdentifier());
      if (i >= LEFT) {
        phones.set(i, before.fetchedAgain(door));
      }
    }
    awaitMore(2);
    String generations = node.shell("latchkey:generations --json");
    assertTrue(generations, generations.contains("\"moved\" : " + (PHONES - LEFT)));
    String retired = node.shell("latchkey:retire 1");
    awaitMore(2);
    assertTrue("all of them register still", registering.stream().noneMatch(Future::isDone));
    steady.shutdown();
    assertTrue(steady.awaitTermination(30, TimeUnit.SECONDS));
    printRate();
    assertEquals("refused of " + registers, List.of(), List.copyOf(refused));
    assertTrue(retired, retired.contains("Phones left: " + LEFT + "."));
    for (int i = 0; i < PHONES; i++) {
      assertEquals(old.get(i), i < LEFT, retired.contains(old.get(i)));
    }
    whoIsLeftReachesHelpAndNobodyElse(phones.get(0), door);
  }

  private void whoIsLeftReachesHelpAndNobodyElse(ProvisionedKey left, Door door) throws Exception {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, left);
      assertEquals(200, phone.register().status());
      for (String uri : List.of("sip:112@localhost", "sip:7000@localhost")) {
        String call = ScriptedPhone.unique("help");
        SipMessage answer = phone.exchange(phone.invite(uri, call, Optional.empty()));
        assertEquals(uri, 200, answer.status());
        trunk.awaitCall(call);
        SipCall.hangUp(wire, uri, answer);
      }
      assertEquals(403, call(phone, phones.get(LEFT).aor()));
    }
    ProvisionedKey next = left.fetchedAgain(door);
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, next);
      assertEquals(200, phone.register().status());
      assertEquals("not refused: nobody is there", 480, call(phone, "59999@localhost"));
    }
  }

  /** One phone after the other, each with the key it has, so many a second. */
  private ScheduledExecutorService steadyRegisters() throws IOException {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    long period = TimeUnit.SECONDS.toMicros(1) * THREADS / REGISTERS_PER_SECOND;
    for (int i = 0; i < THREADS; i++) {
      SipWire wire = SipWire.udp(node.port("sip"));
      wires.add(wire);
      int first = i;
      AtomicInteger next = new AtomicInteger(first);
      registering.add(
          threads.scheduleAtFixedRate(
              () ->
                  registerOn(
                      wire, next.getAndUpdate(n -> n + THREADS < PHONES ? n + THREADS : first)),
              period * i / THREADS,
              period,
              TimeUnit.MICROSECONDS));
    }
    started = System.nanoTime();
    return threads;
  }

  /** A phone always comes from the same address. */
  private void registerOn(SipWire wire, int phone) {
    ProvisionedKey key = phones.get(phone);
    registers.incrementAndGet();
    try {
      int status = new ScriptedPhone(wire, key).register().status();
      if (status != 200) {
        refused.add(key + " " + status);
      }
    } catch (IOException | InterruptedException | AssertionError e) {
      refused.add(key + " " + e);
    }
  }

  private void awaitMore(int rounds) {
    int wanted = registers.get() + rounds * PHONES;
    Await.until(
        rounds + " more rounds of REGISTERs",
        Duration.ofMinutes(5),
        () -> registers.get() >= wanted || !refused.isEmpty());
  }

  private void printRate() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    System.out.printf(
        "%d phones, %d registrations in %d s, %.0f a second; refused: %d%n",
        PHONES, registers.get(), millis / 1000, registers.get() * 1000.0 / millis, refused.size());
  }

  private static int call(ScriptedPhone phone, String aor) throws Exception {
    return SipCall.place(phone, "sip:" + aor, ScriptedPhone.unique("call")).status();
  }
}
