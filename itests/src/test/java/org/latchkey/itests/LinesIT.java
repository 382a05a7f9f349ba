package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.DeskPhone;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sipp;

/** Devices with several lines. */
public final class LinesIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static LatchkeyNode node;
  private static Door door;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    node.awaitStore();
    door = Door.of(node);
  }

  @Test
  public void aDeskPhoneOfTwoLinesRegistersBothGetsAThirdAndLosesOne() throws Exception {
    DeskPhone phone = desk("yealink", "00005e004101", "MAC.cfg", "Yealink SIP-T54W 96.86.0.70");
    String code =
        ProvisionedKey.code(node.shell("latchkey:enrol 4101,4102 --device " + phone.mac()));
    String file = fetched(phone, code);
    ProvisionedKey one = phone.read(file, 1);
    ProvisionedKey two = phone.read(file, 2);
    assertEquals(List.of("4101@localhost", "4102@localhost"), List.of(one.aor(), two.aor()));
    try (SipWire first = tls();
        SipWire second = tls()) {
      assertEquals(200, new ScriptedPhone(first, one).register().status());
      assertEquals(200, new ScriptedPhone(second, two).register().status());
      String added = node.shell("latchkey:enrol 4103 --line 3 --device " + phone.mac());
      assertTrue(added, added.contains("It has no code"));
      isTold(first);
      ProvisionedKey three = phone.read(fetched(phone, login(phone, one)), 3);
      try (SipWire third = tls()) {
        assertEquals(200, new ScriptedPhone(third, three).register().status());
      }
      node.shell("latchkey:revoke 4102");
      file = fetched(phone, login(phone, one));
      assertTrue(file.contains("account.2.enable = 0\n"));
      assertFalse(file.contains(two.credentials().keyIdentifier()));
      assertEquals(one.credentials(), phone.read(file, 1).credentials());
      assertEquals(three.credentials(), phone.read(file, 3).credentials());
      assertEquals(200, new ScriptedPhone(first, one).register().status());
      assertEquals(401, new ScriptedPhone(second, two).register().status());
    }
    String gone = node.shell("latchkey:revoke --all-lines " + phone.mac());
    assertEquals(gone, 2, gone.lines().filter(line -> line.startsWith("Revoked ")).count());
    assertEquals(404, answer(phone, login(phone, one)).statusCode());
    code = ProvisionedKey.code(node.shell("latchkey:enrol 4105,4106 --device " + phone.mac()));
    assertEquals(404, answer(phone, login(phone, one)).statusCode());
    assertEquals("4106@localhost", phone.read(fetched(phone, code), 2).aor());
    assertEquals(404, answer(phone, login(phone, one)).statusCode());
  }

  @Test
  public void aDectBaseRegistersTwelveLines() throws Exception {
    DeskPhone base =
        desk(
            "gigaset",
            "7c2f80004200",
            "MAC.xml",
            "Gigaset N870 IP PRO/83.V2.11.0+build.a546b91;7C2F80004200");
    List<Integer> lines = IntStream.rangeClosed(1, 12).boxed().toList();
    String extensions =
        lines.stream().map(line -> "" + (4200 + line)).collect(Collectors.joining(","));
    String code =
        ProvisionedKey.code(node.shell("latchkey:enrol " + extensions + " --device " + base.mac()));
    String file = fetched(base, code);
    List<ProvisionedKey> keys = new ArrayList<>();
    lines.forEach(line -> keys.add(base.read(file, line)));
    assertEquals(12, keys.stream().map(ProvisionedKey::aor).distinct().count());
    Sipp sipp = Sipp.run(node, Sipp.Order.register(keys, keys.size(), 12, Ports.free()));
    assertEquals(sipp.errors(), keys.size(), sipp.succeeded());
  }

  @Test
  public void aDoorStationWithOneNameForEverythingIsItsExtensionAndNoOther() throws Exception {
    Path own = node.home().resolve("etc/org.latchkey.phones/00-00-5e-00-43-01.phone");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "[settings]\nauthentication-name = none\n");
    DeskPhone station = desk("generic", "00005e004301", "MAC.cfg", "DoorStation/1");
    DeskPhone desk = desk("yealink", "00005e004302", "MAC.cfg", "Yealink SIP-T54W 96.86.0.70");
    try (SipWire door = tls();
        SipWire line = tls();
        SipWire thief = tls()) {
      String code = code("4301", station);
      String file =
          Await.value(
              "its one name",
              SOON,
              () -> Optional.of(fetched(station, code)).filter(text -> text.contains("= 4301-k")));
      ProvisionedKey key = station.read(file, 1);
      assertEquals(key.credentials().keyIdentifier() + "@localhost", key.aor());
      assertEquals(200, new ScriptedPhone(door, key).register().status());
      String shown = node.shell("latchkey:phones 4301@localhost");
      assertTrue(shown, shown.contains("registered"));
      ScriptedPhone caller =
          new ScriptedPhone(line, desk.read(fetched(desk, code("4302", desk)), 1));
      assertEquals(200, caller.register().status());
      line.send(
          caller.invite("sip:4301@localhost", ScriptedPhone.unique("call"), Optional.empty()));
      door.await("an INVITE", SOON, m -> m.startLine().startsWith("INVITE "));
      String name = key.credentials().keyIdentifier().replace("4301-", "4302-");
      ProvisionedKey other =
          new ProvisionedKey(
              new Credentials(name, key.credentials().secret(), "latchkey"),
              name + "@localhost",
              key.provisioningPassword());
      assertEquals(401, new ScriptedPhone(thief, other).register().status());
    } finally {
      Files.delete(own);
    }
  }

  private static String code(String extension, DeskPhone phone) throws IOException {
    return ProvisionedKey.code(
        node.shell("latchkey:enrol " + extension + " --device " + phone.mac()));
  }

  private static void isTold(SipWire wire) throws InterruptedException {
    SipMessage notify = wire.await("a NOTIFY", SOON, m -> m.startLine().startsWith("NOTIFY "));
    assertTrue(notify.require("Event").startsWith("check-sync"));
  }

  private static SipWire tls() throws IOException {
    return SipWire.tls(door.trust(), node.port("tls"));
  }

  private static String login(DeskPhone phone, ProvisionedKey key) {
    return phone.profile()
        + '/'
        + key.credentials().keyIdentifier()
        + '/'
        + key.provisioningPassword();
  }

  private static String fetched(DeskPhone phone, String credential) throws IOException {
    HttpResponse<String> answer = answer(phone, credential);
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  private static HttpResponse<String> answer(DeskPhone phone, String credential)
      throws IOException {
    DeskPhone.Step step = phone.keySteps().get(0);
    return door.as(step.userAgent(), "GET", "/provision/" + credential + '/' + step.path());
  }

  private static DeskPhone desk(String profile, String mac, String file, String userAgent) {
    String path = file.replace("MAC", mac);
    return new DeskPhone(
        profile,
        profile,
        mac,
        List.of(new DeskPhone.Step("GET", path, false, 200, true, userAgent)));
  }
}
