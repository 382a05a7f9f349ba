package org.latchkey.itests;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runners.Parameterized.BeforeParam;
import org.latchkey.itests.fixture.Asterisk;
import org.latchkey.itests.fixture.AtEachAsterisk;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.CalledPhone;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Phones with keys in a queue and a ring group of Asterisk 22 and 16, and phones that divert. */
public final class AsteriskGroupsIT extends AtEachAsterisk {

  private static final Duration CALL = Duration.ofSeconds(20);

  /** Members of the queue and of the group, and one who is not. */
  private static ProvisionedKey annasKey;

  private static ProvisionedKey bensKey;
  private static ProvisionedKey cleosKey;

  private CalledPhone anna;
  private CalledPhone ben;
  private CalledPhone cleo;
  private SipWire wire;
  private ScriptedPhone provider;

  public AsteriskGroupsIT() {
    super("6");
  }

  @BeforeParam
  public static void enrolThreePhones(String version) throws IOException {
    annasKey = ProvisionedKey.enrolled(site.node(), "6" + version + "1");
    bensKey = ProvisionedKey.enrolled(site.node(), "6" + version + "2");
    cleosKey = ProvisionedKey.enrolled(site.node(), "6" + version + "3");
  }

  @Before
  public void threePhonesAndATrunk() throws IOException {
    anna = new CalledPhone(annasKey, site.port());
    ben = new CalledPhone(bensKey, site.port());
    cleo = new CalledPhone(cleosKey, site.port());
    List.of(anna, ben, cleo).forEach(CalledPhone::register);
    wire = SipWire.udp(InetAddress.getByName(Asterisk.PROVIDER), 0, site.port());
    provider = at(wire);
  }

  @After
  public void endAll() {
    List.of(anna, ben, cleo).forEach(CalledPhone::close);
    wire.close();
  }

  @Test
  public void aQueueAndAGroupRingPhonesForATrunkAndForAPhone() throws Exception {
    for (String uri : List.of(Asterisk.QUEUE, Asterisk.GROUP)) {
      for (ScriptedPhone caller : List.of(provider, cleo.phone())) {
        SipMessage asked = calls(caller, uri);
        anna.rings();
        ben.rings();
        ends(caller, asked, uri.equals(Asterisk.QUEUE));
      }
    }
  }

  @Test
  public void aHeldPhoneIsRungByNoQueueAndEntersNone() throws Exception {
    hold(bensKey);
    try {
      for (ScriptedPhone caller : List.of(provider, cleo.phone())) {
        SipMessage asked = calls(caller, Asterisk.QUEUE);
        anna.rings();
        ben.isQuiet();
        ends(caller, asked, true);
      }
      assertEquals(403, KamailioIT.call(ben.phone(), Asterisk.QUEUE).status());
      anna.isQuiet();
    } finally {
      release(bensKey);
    }
  }

  @Test
  public void aTrunkThatNobodyNamedRingsNoPhone() throws Exception {
    try (SipWire other =
        SipWire.udp(InetAddress.getByName(Asterisk.OTHER_PROVIDER), 0, site.port())) {
      ScriptedPhone unnamed = at(other);
      SipMessage asked = calls(unnamed, Asterisk.QUEUE);
      anna.isQuiet();
      ben.isQuiet();
      ends(unnamed, asked, true);
      assertEquals(403, KamailioIT.call(unnamed, anna.uri()).status());
    }
  }

  @Test
  public void aPhoneDivertsAsFarAsItMayCallItself() throws Exception {
    SipMessage asked = calls(provider, ben.uri());
    ben.diverts(cleo.uri());
    cleo.rings();
    ends(provider, asked, false);
    hold(bensKey);
    try {
      asked = calls(provider, ben.uri());
      ben.diverts(cleo.uri());
      ends(provider, asked, false);
      cleo.isQuiet();
      int before = site.trunk().calls().size();
      asked = calls(provider, ben.uri());
      ben.diverts(AsteriskIT.EMERGENCY);
      SipMessage answer = answer(asked);
      assertEquals(200, answer.status());
      assertEquals(before + 1, site.trunk().calls().size());
      SipCall.hangUp(wire, AsteriskIT.EMERGENCY, answer);
    } finally {
      release(bensKey);
    }
  }

  @Test
  public void allPhonesOfAnExtensionRing() throws Exception {
    ProvisionedKey one = ProvisionedKey.enrolled(site.node(), "6" + version + "4");
    ProvisionedKey other = ProvisionedKey.enrolled(site.node(), "6" + version + "4");
    Await.until(
        "Asterisk may be told of both",
        CALL,
        () -> {
          String known = Files.readString(site.node().file("asterisk.keys"));
          return known.contains(one.credentials().keyIdentifier())
              && known.contains(other.credentials().keyIdentifier());
        });
    try (CalledPhone first = new CalledPhone(one, site.port());
        CalledPhone second = new CalledPhone(other, site.port())) {
      first.register();
      second.register();
      SipMessage asked = calls(cleo.phone(), first.uri());
      first.rings();
      second.rings();
      ends(cleo.phone(), asked, false);
    }
  }

  /** Calls, and answers a challenge. */
  private static SipMessage calls(ScriptedPhone caller, String uri) throws Exception {
    String invite = caller.invite(uri, ScriptedPhone.unique("group"), Optional.empty());
    if (!caller.key().credentials().keyIdentifier().isEmpty()) {
      invite = SipCall.answering(caller, invite, caller.exchange(invite));
    }
    caller.wire().send(invite);
    return SipMessage.of(invite);
  }

  /** Ends a call that nobody took; a queue keeps the caller waiting. */
  private void ends(ScriptedPhone caller, SipMessage asked, boolean waits) throws Exception {
    if (waits) {
      SipCall.cancel(caller.wire(), asked);
    } else {
      caller
          .wire()
          .await(
              "the end of " + asked.startLine(),
              CALL,
              m -> m.status() >= 400 && m.require("CSeq").equals(asked.require("CSeq")));
    }
  }

  private SipMessage answer(SipMessage asked) throws Exception {
    return wire.await(
        "an answer to " + asked.startLine(),
        CALL,
        m -> m.status() >= 200 && m.require("CSeq").equals(asked.require("CSeq")));
  }

  /** A trunk, which Asterisk knows by its address. */
  private static ScriptedPhone at(SipWire wire) {
    return new ScriptedPhone(
        wire, new ProvisionedKey(new Credentials("", "", "latchkey"), "030@provider.example", ""));
  }

  private static void hold(ProvisionedKey key) throws IOException {
    site.node()
        .shell("latchkey:hold %s --reason \"lost\"".formatted(key.credentials().keyIdentifier()));
  }

  private static void release(ProvisionedKey key) throws IOException {
    site.node().shell("latchkey:release " + key.credentials().keyIdentifier());
  }
}
