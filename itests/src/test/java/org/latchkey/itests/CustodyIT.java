package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.SoftToken;
import org.latchkey.itests.fixture.Terminal;

/** Where the master keys are kept, and what phones notice of it: nothing. */
public final class CustodyIT {

  private static final String AGENT = "org.latchkey.keyagent";
  private static final Duration BACK = Duration.ofSeconds(30);

  private LatchkeyNode node;

  @Before
  public void aNode() throws IOException {
    node = LatchkeyNode.unpacked();
  }

  @After
  public void end() {
    node.close();
  }

  @Test
  public void movedToATokenTheKeysGiveEachPhoneTheSameSecret() throws Exception {
    SoftToken token = SoftToken.of(node);
    node.start();
    token.pin(SoftToken.PIN);
    ProvisionedKey key = ProvisionedKey.enrolled(node, "2701");
    assertEquals(200, ScriptedPhone.registered(node, key));
    assertInForce("keystore", "master.p12", node.shell("latchkey:custody"));
    assertInForce("pkcs11", SoftToken.LIBRARY, node.shell("latchkey:custody --move pkcs11"));
    assertFalse(Files.exists(node.file("master.p12")));
    assertFalse(Files.exists(node.file("master.pass")));
    assertEquals(key, key.fetchedAgain(Door.of(node)));
    assertEquals(200, ScriptedPhone.registered(node, key));
    node.stop();
    node.start();
    Await.until("the phone registers", BACK, () -> ScriptedPhone.registered(node, key) == 200);
    node.awaitStore();
    assertEquals(key, key.fetchedAgain(Door.of(node)));
    try (Console admin = node.console("admin")) {
      Commands.Result back = admin.run("latchkey:custody --move keystore");
      assertNotEquals(back.output(), 0, back.exit());
      assertTrue(back.output(), back.output().contains("never leave"));
    }
    assertEquals(200, ScriptedPhone.registered(node, ProvisionedKey.enrolled(node, "2702")));
    assertFalse("the PIN is in the log", node.log().contains(SoftToken.PIN));
  }

  @Test
  public void aPulledTokenStopsIssuingAlone() throws Exception {
    SoftToken token = SoftToken.of(node);
    node.set(AGENT, "custody", "pkcs11");
    token.pin(SoftToken.PIN);
    node.start();
    ProvisionedKey key = ProvisionedKey.enrolled(node, "2711");
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 2712"));
    Door door = Door.of(node);
    try (Registering steady = new Registering(key)) {
      token.pull();
      Await.until("issuing stops", BACK, () -> ask(door, code).statusCode() == 503);
      HttpResponse<String> refused = ask(door, code);
      assertTrue(refused.body(), refused.body().contains("latchkey:status"));
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
      try (Console admin = node.console("admin")) {
        Commands.Result status = admin.run("latchkey:status");
        assertNotEquals(0, status.exit());
        assertTrue(status.output(), status.output().contains("none is issued: The enterprise"));
        assertTrue(status.output(), status.output().contains(SoftToken.LIBRARY));
      }
      steady.awaitMore(20);
      token.plugIn();
      Instant back = Instant.now();
      Await.until("issuing goes on", BACK, () -> ask(door, code).statusCode() == 200);
      System.out.println(
          "The token was back for " + Duration.between(back, Instant.now()).toMillis() + " ms");
      steady.awaitMore(20);
      assertEquals("of " + steady.count, List.of(), List.copyOf(steady.refused));
    }
    assertEquals(200, ScriptedPhone.registered(node, ProvisionedKey.of(ask(door, code))));
    assertEquals(key, key.fetchedAgain(Door.of(node)));
  }

  @Test
  public void aSealedKeystoreOpensByNothingButItsTypedPassphrase() throws Exception {
    node.start();
    ProvisionedKey key = ProvisionedKey.enrolled(node, "2721");
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 2722"));
    String passphrase = Files.readString(node.file("master.pass")).strip();
    node.stop();
    node.set(AGENT, "sealed", "true");
    Files.delete(node.file("master.pass"));
    node.start();
    node.awaitStore();
    Door door = Door.of(node);
    try (Console admin = node.console("admin")) {
      Commands.Result status =
          Await.value(
              "it says that it is sealed",
              BACK,
              () ->
                  Optional.of(admin.run("latchkey:status"))
                      .filter(said -> said.output().contains("is sealed: type latchkey:unseal")));
      assertNotEquals(0, status.exit());
      assertEquals(503, ask(door, code).statusCode());
      assertFalse("accepted while sealed", isAccepted(key));
      try (Terminal terminal = admin.terminal()) {
        String wrong = terminal.enter("latchkey:unseal", "Passphrase or PIN:", "tr0ub4dor-and-3");
        assertTrue(wrong, wrong.contains("Type latchkey:unseal again"));
        assertFalse("echoed", wrong.contains("tr0ub4dor"));
        assertEquals(503, ask(door, code).statusCode());
        String right = terminal.enter("latchkey:unseal", "Passphrase or PIN:", passphrase);
        assertTrue(right, right.contains("Unsealed"));
        assertFalse("echoed", right.contains(passphrase));
        String history = terminal.enter("shell:history");
        assertTrue(history, history.contains("latchkey:unseal"));
        assertFalse("in the history", history.contains("tr0ub4dor"));
        assertFalse("in the history", history.contains(passphrase));
      }
    }
    assertEquals(200, ScriptedPhone.registered(node, key));
    assertEquals(key, key.fetchedAgain(Door.of(node)));
    assertEquals(200, ScriptedPhone.registered(node, ProvisionedKey.of(ask(door, code))));
    String audit = node.shell("latchkey:audit --action master-key.unseal");
    assertTrue(audit, audit.contains("admin"));
    assertFalse(node.log().contains(passphrase));
    assertFalse(Files.exists(node.file("master.pass")));
  }

  private static void assertInForce(String custody, String where, String shown) {
    String row =
        shown.lines().filter(line -> line.strip().startsWith(custody)).findFirst().orElse("");
    assertTrue(shown, row.contains(where) && row.contains("yes"));
  }

  private static HttpResponse<String> ask(Door door, String code) throws IOException {
    return door.ask(Map.of("code", code));
  }

  /** The PBX says nothing for a while when it gets no answer itself. */
  private boolean isAccepted(ProvisionedKey key) throws Exception {
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      assertEquals("challenging needs no key", 401, challenge.status());
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      wire.send(phone.registerRequest(Optional.of(answer)));
      return wire.poll(Duration.ofSeconds(3), m -> m.status() == 200).isPresent();
    }
  }

  /** A phone that registers all the time. */
  private final class Registering implements AutoCloseable {
    final AtomicInteger count = new AtomicInteger();
    final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final Thread thread;

    Registering(ProvisionedKey key) {
      thread = new Thread(() -> goOn(key), "registers");
      thread.start();
    }

    private void goOn(ProvisionedKey key) {
      while (goesOn.get()) {
        try {
          int status = ScriptedPhone.registered(node, key);
          if (status != 200) {
            refused.add(Instant.now() + " " + status);
          }
        } catch (IOException | InterruptedException | AssertionError e) {
          refused.add(Instant.now() + " " + e);
        }
        count.incrementAndGet();
      }
    }

    void awaitMore(int more) {
      int wanted = count.get() + more;
      Await.until(more + " more registrations", BACK, () -> count.get() >= wanted);
    }

    @Override
    public void close() {
      goesOn.set(false);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
