package org.latchkey.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * 2,000 different phones register at once, cold and warm, and call. The short form runs for fewer
 * seconds; {@code -Dlatchkey.storm.seconds=30 -Dlatchkey.storm.warmup=60} is the full one.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public final class StormIT {

  private static final int PHONES = 2000;
  private static final int RATE = 1000;

  private static LatchkeyNode node;
  private static List<ProvisionedKey> keys;

  @BeforeClass
  public static void enrol() throws IOException {
    node = LatchkeyNode.started();
    keys = Fleet.enrolled(node, 50000, PHONES);
    node.stop();
    node.start();
  }

  @AfterClass
  public static void end() {
    node.close();
  }

  @Test
  public void aColdNodeRegistersAll() throws Exception {
    report("cold", register(PHONES, RATE));
  }

  @Test
  public void bWarmNodeRegistersAThousandASecond() throws Exception {
    register(Integer.getInteger("latchkey.storm.warmup", 10) * RATE / 2, RATE / 2);
    report("warm", register(Integer.getInteger("latchkey.storm.seconds", 10) * RATE, RATE));
  }

  @Test
  public void cTwoThousandCallsFindTheirPhones() throws Exception {
    int port = Ports.free();
    register(PHONES, RATE, port);
    Path users = Sipp.users(keys, PHONES / 2);
    try (Sipp.Server answering = Sipp.server("answer.xml", port)) {
      Sipp calls =
          Sipp.run(
              "call.xml",
              node.port("sip"),
              Duration.ofMinutes(2),
              "-inf",
              users.toString(),
              "-m",
              "2000",
              "-r",
              "100",
              "-l",
              "2000",
              "-p",
              "" + Ports.free());
      report("calls", calls);
      assertEquals(answering.output(), 2000, calls.number("SuccessfulCall(C)"));
    } finally {
      Files.deleteIfExists(users);
    }
  }

  private Sipp register(int count, int rate) throws IOException {
    return register(count, rate, Ports.free());
  }

  private Sipp register(int count, int rate, int from) throws IOException {
    Path users = Sipp.users(keys, 0);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-inf", users.toString(), "-m", "" + count, "-r", "" + rate));
    arguments.addAll(List.of("-l", "" + count, "-p", "" + from));
    try {
      return Sipp.run(
          "register.xml",
          node.port("sip"),
          Duration.ofSeconds(60 + 2L * count / rate),
          arguments.toArray(String[]::new));
    } finally {
      Files.deleteIfExists(users);
    }
  }

  private static void report(String what, Sipp sipp) throws IOException {
    System.out.printf(
        "%s: %d of %d succeeded, %d retransmissions%n",
        what,
        sipp.number("SuccessfulCall(C)"),
        sipp.number("TotalCallCreated"),
        sipp.number("Retransmissions(C)"));
    assertEquals(what + ": " + sipp.errors(), 0, sipp.number("FailedCall(C)"));
  }
}
