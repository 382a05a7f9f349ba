package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.latchkey.itests.AsteriskIT.EMERGENCY;
import static org.latchkey.itests.AsteriskIT.HELP_DESK;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.itests.fixture.AtEachAsterisk;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.GarbageDoor;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** What Debian's Asterisk 22 and 16 do while Latchkey hangs, is gone, or talks nonsense. */
public final class AsteriskAloneIT extends AtEachAsterisk {

  private static final Duration BACK = Duration.ofSeconds(30);
  private static final Duration MOST = Duration.ofSeconds(2);
  private static final int WAITING = 20;
  private static final int CALLS = 8;

  /** How often Latchkey is stopped; once is enough to see that it works. */
  private static final int ROUNDS = Integer.getInteger("latchkey.outages", 1);

  public AsteriskAloneIT() {
    super("4");
  }

  @Test
  public void emergencyRingsWithinTwoSecondsBehindRegistersThatLatchkeyDoesNotAnswer()
      throws Exception {
    ProvisionedKey key = enrolled(1);
    try (SipWire wire = SipWire.udp(site.port());
        SipWire far = SipWire.udp(site.port());
        SipWire crowd = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      ScriptedPhone stranger = new ScriptedPhone(far, key);
      for (int round = 0; round < ROUNDS; round++) {
        Await.until("registrations go on", BACK, () -> phone.register().status() == 200);
        List<String> requests = registers(crowd, enrolled(10 + round));
        signal("-STOP");
        try {
          for (String request : requests) {
            crowd.send(request);
          }
          Duration took = emergencies(phone);
          System.out.printf(
              "Asterisk %s: the last of %d calls to 112 behind %d REGISTERs rang after %s%n",
              version, CALLS, WAITING, took);
          AsteriskIT.rings(site, stranger, EMERGENCY);
          AsteriskIT.rings(site, stranger, HELP_DESK);
          AsteriskIT.rings(site, phone, HELP_DESK);
          refused(phone);
        } finally {
          signal("-CONT");
        }
      }
      Await.until("registrations go on", BACK, () -> phone.register().status() == 200);
    }
  }

  @Test
  public void emergencyRingsWhileLatchkeyIsGone() throws Exception {
    ProvisionedKey key = enrolled(2);
    try (SipWire wire = SipWire.udp(site.port());
        SipWire far = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      Await.until("it registers", BACK, () -> phone.register().status() == 200);
      site.node().shell("bundle:stop org.latchkey.pbx.http");
      try {
        AsteriskIT.rings(site, phone, EMERGENCY);
        AsteriskIT.rings(site, new ScriptedPhone(far, key), HELP_DESK);
        refused(phone);
      } finally {
        site.node().shell("bundle:start org.latchkey.pbx.http");
      }
      Await.until("registrations go on", BACK, () -> phone.register().status() == 200);
    }
  }

  @Test
  public void whoHasNotTheWordReachesNothingOfTheDoorAndClosesItForNobody() throws Exception {
    try (SipWire wire = SipWire.udp(site.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, enrolled(4));
      Await.until("it registers", BACK, () -> phone.register().status() == 200);
      for (String path :
          List.of("/v1/refusals", "/v1/events", "/freeswitch", "/asterisk/x/admit")) {
        HttpResponse<String> answer =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create("http://" + site.proxy() + path))
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                    BodyHandlers.ofString());
        assertEquals(path, "503 ", answer.statusCode() + " " + answer.body());
        Await.until("it registers", BACK, () -> phone.register().status() == 200);
      }
    }
  }

  @Test
  public void garbageIsNoYesAndEmergencyGoesOn() throws Exception {
    ProvisionedKey key = enrolled(3);
    try (GarbageDoor garbage = GarbageDoor.of(site.node());
        SipWire wire = SipWire.udp(site.port())) {
      site.askAt(garbage.port());
      try {
        ScriptedPhone phone = new ScriptedPhone(wire, key);
        Await.until(
            "each kind of garbage has come to Asterisk, twice",
            BACK,
            () -> {
              assertEquals(401, KamailioIT.registered(phone, key.credentials()).status());
              return garbage.asked() >= 2 * GarbageDoor.kinds();
            });
        AsteriskIT.rings(site, phone, EMERGENCY);
      } finally {
        site.askAtTheDoor();
      }
    }
  }

  /** REGISTERs that Asterisk has to ask about, the first ones and the answers to its challenges. */
  private static List<String> registers(SipWire wire, ProvisionedKey key) throws Exception {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < WAITING; i += 2) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
      requests.add(phone.registerRequest(Optional.empty()));
      requests.add(phone.registerRequest(Optional.of(answer)));
    }
    return requests;
  }

  /** Emergency calls at once, as many as Asterisk's queues need to have one behind a REGISTER. */
  private static Duration emergencies(ScriptedPhone phone) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      phone.wire().send(phone.invite(EMERGENCY, ScriptedPhone.unique("sos"), Optional.empty()));
    }
    Map<String, SipMessage> answers = new LinkedHashMap<>();
    while (answers.size() < CALLS) {
      SipMessage answer =
          phone
              .wire()
              .await(
                  "an answer to each of " + CALLS + " calls, after " + answers.size(),
                  MOST.minusNanos(System.nanoTime() - start),
                  m -> m.status() >= 200 && !answers.containsKey(m.require("Call-ID")));
      assertEquals(answer.toString(), 200, answer.status());
      answers.put(answer.require("Call-ID"), answer);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    for (SipMessage answer : answers.values()) {
      SipCall.hangUp(phone.wire(), EMERGENCY, answer);
    }
    return took;
  }

  /** An ordinary call, which nobody can decide on. */
  private static void refused(ScriptedPhone phone) throws Exception {
    String invite =
        phone.invite("sip:4999@localhost", ScriptedPhone.unique("no"), Optional.empty());
    SipMessage challenge = phone.exchange(invite);
    assertEquals(401, challenge.status());
    phone.wire().send(SipCall.answering(phone, invite, challenge));
    assertEquals(503, phone.wire().await("a refusal", BACK, m -> m.status() > 401).status());
  }

  private static void signal(String signal) throws Exception {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(site.node().process().pid())).start();
    assertEquals(0, kill.waitFor());
  }
}
