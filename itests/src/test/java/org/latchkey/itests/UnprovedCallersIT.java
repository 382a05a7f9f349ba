package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Trunk;

/** Emergency numbers work for everybody, and open nothing else for anybody. */
public final class UnprovedCallersIT {

  private static LatchkeyNode node;
  private static Trunk trunk;
  private static ProvisionedKey key;

  private SipWire wire;
  private ScriptedPhone stranger;

  @BeforeClass
  public static void enrol() throws IOException {
    node = SharedNode.node();
    trunk = SharedNode.trunk();
    key = ProvisionedKey.enrolled(node, "2101");
  }

  @Before
  public void plugIn() throws IOException {
    wire = SipWire.udp(node.port("sip"));
    stranger = new ScriptedPhone(wire, key);
  }

  @After
  public void plugOut() {
    wire.close();
  }

  @Test
  public void exactEmergencyDestinationsReachTheTrunk() throws Exception {
    for (String uri :
        List.of(
            "sip:112@localhost",
            "sip:%31%31%32@localhost",
            "sip:112@elsewhere.example",
            "sip:112;phone-context=x@localhost;user=phone",
            "tel:112",
            "urn:service:sos",
            "urn:service:sos.fire")) {
      String call = ScriptedPhone.unique("sos");
      SipMessage answer = stranger.exchange(stranger.invite(uri, call, Optional.empty()));
      assertEquals(uri, 200, answer.status());
      assertTrue(uri, trunk.awaitCall(call).startLine().contains("sip:emergency@127.0.0.1:"));
      SipCall.hangUp(wire, uri, answer);
    }
  }

  @Test
  public void whatOnlyLooksLikeOneDoesNot() throws Exception {
    int before = trunk.calls().size();
    for (String uri :
        List.of(
            "sip:1123456@localhost",
            "sip:0112@localhost",
            "sip:112%00@localhost",
            "urn:service:sosx",
            "urn:service:counseling",
            "sip:2102@localhost",
            "sip:anybody@127.0.0.1:" + node.port("sip"))) {
      String call = ScriptedPhone.unique("no");
      SipMessage answer = stranger.exchange(stranger.invite(uri, call, Optional.empty()));
      assertTrue(uri + ": " + answer.startLine(), answer.status() >= 400);
    }
    assertEquals(before, trunk.calls().size());
  }

  @Test
  public void aRouteDoesNotChooseAnotherTarget() throws Exception {
    try (SipWire thief = SipWire.udp(node.port("sip"))) {
      String call = ScriptedPhone.unique("route");
      String request =
          stranger
              .invite("sip:112@localhost", call, Optional.empty())
              .replaceFirst(
                  "Max-Forwards", "Route: <sip:" + thief.address() + ";lr>\r\nMax-Forwards");
      SipMessage answer = stranger.exchange(request);
      assertEquals(200, answer.status());
      trunk.awaitCall(call);
      assertTrue(thief.poll(Duration.ofMillis(500), m -> true).isEmpty());
      SipCall.hangUp(wire, "sip:112@localhost", answer);
    }
  }

  @Test
  public void aReferOutOfAHelpDeskCallReachesNothing() throws Exception {
    try (SipWire thief = SipWire.udp(node.port("sip"))) {
      String call = ScriptedPhone.unique("refer");
      SipMessage answer =
          stranger.exchange(stranger.invite("sip:7000@localhost", call, Optional.empty()));
      assertEquals(200, answer.status());
      String refer =
          stranger.request(
                  "REFER", "sip:7000@localhost", answer.require("To").replaceAll("[<>]", ""), call)
              + "Refer-To: <sip:900@"
              + thief.address()
              + ">\r\nContent-Length: 0\r\n\r\n";
      wire.send(refer);
      assertTrue(thief.poll(Duration.ofSeconds(1), m -> true).isEmpty());
      SipCall.hangUp(wire, "sip:7000@localhost", answer);
    }
  }

  @Test
  public void aFloodOfUnprovedCallsLeavesRoomForTheProvedOne() throws Exception {
    List<SipWire> wires = new ArrayList<>();
    try (SipWire own = SipWire.udp(node.port("sip"))) {
      ScriptedPhone registered = new ScriptedPhone(own, key);
      assertEquals(200, registered.register().status());
      int answered = 0;
      for (int i = 0; i < 50; i++) {
        SipWire one =
            SipWire.udp(
                InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + i)}),
                0,
                node.port("sip"));
        wires.add(one);
        for (int j = 0; j < 10; j++) {
          one.send(
              new ScriptedPhone(one, key)
                  .invite("sip:112@localhost", ScriptedPhone.unique("flood"), Optional.empty()));
        }
      }
      String call = ScriptedPhone.unique("proved");
      SipMessage answer =
          registered.exchange(registered.invite("sip:112@localhost", call, Optional.empty()));
      assertEquals(200, answer.status());
      trunk.awaitCall(call);
      SipCall.hangUp(own, "sip:112@localhost", answer);
      for (SipWire one : wires) {
        Optional<SipMessage> taken = one.poll(Duration.ofMillis(100), m -> m.status() == 200);
        while (taken.isPresent()) {
          answered++;
          SipCall.hangUp(one, "sip:112@localhost", taken.get());
          taken = one.poll(Duration.ofMillis(100), m -> m.status() == 200);
        }
      }
      assertTrue("answered unproved calls: " + answered, answered <= 8);
    } finally {
      wires.forEach(SipWire::close);
    }
  }

  @Test
  public void theEmergencyServiceCallsAHeldPhoneBack() throws Exception {
    try (SipWire connection = SipWire.tcp(node.port("sip"))) {
      ScriptedPhone held = new ScriptedPhone(connection, key);
      assertEquals(200, held.register().status());
      node.shell("latchkey:hold " + key.credentials().keyIdentifier());
      String call = ScriptedPhone.unique("back");
      trunk.callBack(key.aor(), call);
      connection.await(
          "the call back",
          Duration.ofSeconds(5),
          m -> m.method().equals("INVITE") && m.require("Call-ID").equals(call));
    } finally {
      node.shell("latchkey:release " + key.credentials().keyIdentifier());
    }
  }
}
