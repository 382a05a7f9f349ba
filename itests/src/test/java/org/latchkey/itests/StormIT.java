package org.latchkey.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;
import org.latchkey.itests.fixture.Fleet;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.Sipp;

/**
 * 2,000 different phones register with a node that has just started, then a thousand a second, and
 * then they call. The short form lasts seconds; {@code -Dlatchkey.storm.warmup=60
 * -Dlatchkey.storm.seconds=30} is the full one.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public final class StormIT {

  private static final int PHONES = 2000;
  private static final int RATE = 1000;
  private static final int CALLED = 10;
  private static final int CALLS_A_SECOND = 200;

  private static LatchkeyNode node;
  private static List<ProvisionedKey> keys;
  private static int phonesPort;

  @BeforeClass
  public static void enrol() throws IOException {
    node = LatchkeyNode.unpacked().longLived();
    node.start();
    keys = Fleet.enrolled(node, 50000, PHONES);
    phonesPort = Ports.free();
    node.stop();
    node.start();
  }

  @AfterClass
  public static void end() {
    node.close();
  }

  @Test
  public void aNodeThatHasJustStartedRegistersAll() throws Exception {
    report("cold", register(PHONES), PHONES);
  }

  @Test
  public void bWarmNodeRegistersAThousandASecond() throws Exception {
    register(Integer.getInteger("latchkey.storm.warmup", 10) * RATE);
    int count = Integer.getInteger("latchkey.storm.seconds", 10) * RATE;
    report("warm", register(count), count);
  }

  @Test
  public void cTwoThousandCallsReachTheirPhones() throws Exception {
    try (Sipp.Answering answering = Sipp.answering(phonesPort)) {
      for (Sipp calls : calls()) {
        report("calls", calls, PHONES / CALLED);
        assertEquals(answering.output(), PHONES / CALLED, calls.succeeded());
      }
    }
  }

  /**
   * A run of sipp has one Request-URI for its credentials: several together call several phones.
   */
  private static List<Sipp> calls() throws Exception {
    ExecutorService runs = Executors.newFixedThreadPool(CALLED);
    try {
      List<Callable<Sipp>> orders = new ArrayList<>();
      for (int i = 0; i < CALLED; i++) {
        int size = PHONES / CALLED;
        List<ProvisionedKey> callers = keys.subList(i * size, (i + 1) * size);
        String aor = keys.get((i * size + PHONES / 2 + 1) % PHONES).aor();
        String called = aor.substring(0, aor.indexOf('@'));
        orders.add(() -> Sipp.run(node, Sipp.Order.call(callers, called, CALLS_A_SECOND / CALLED)));
      }
      List<Sipp> results = new ArrayList<>();
      for (Future<Sipp> each : runs.invokeAll(orders)) {
        results.add(each.get());
      }
      return results;
    } finally {
      runs.shutdownNow();
    }
  }

  private static Sipp register(int count) throws IOException {
    return Sipp.run(node, Sipp.Order.register(keys, count, RATE, phonesPort));
  }

  private static void report(String what, Sipp sipp, int count) {
    System.out.printf(
        "%s: %d of %d succeeded, %d failed, %d retransmissions%n",
        what, sipp.succeeded(), count, sipp.failed(), sipp.retransmissions());
    assertEquals(what + ": " + sipp.errors(), 0, sipp.failed());
    assertEquals(what, count, sipp.succeeded());
  }
}
