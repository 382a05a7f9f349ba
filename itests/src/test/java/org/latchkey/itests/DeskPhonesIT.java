package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.DeskPhone;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sipp;

/** Desk phones of every family that has a profile, fresh from the factory. */
public final class DeskPhonesIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static LatchkeyNode node;
  private static Door door;
  private static int extension = 3100;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    node.awaitStore();
    door = Door.of(node);
  }

  @Test
  public void everyFamilyFetchesItsFileAndRegistersWithWhatItReadsThere() throws Exception {
    Map<DeskPhone, ProvisionedKey> keys = new HashMap<>();
    for (DeskPhone phone : DeskPhone.all()) {
      String user = String.valueOf(++extension);
      String code = enrolled(user, phone.mac(), "Anna & \"Co\" <1>");
      ProvisionedKey key = provisioned(phone, code);
      assertEquals(phone.id(), user + "@localhost", key.aor());
      keys.put(phone, key);
      try (SipWire wire = SipWire.tls(door.trust(), node.port("tls"))) {
        assertEquals(phone.id(), 200, new ScriptedPhone(wire, key).register().status());
      }
      usedUp(phone, code);
      fetchesAgain(phone, key);
    }
    List<ProvisionedKey> all = List.copyOf(keys.values());
    Sipp sipp = Sipp.run(node, Sipp.Order.register(all, all.size(), 10, Ports.free()));
    assertEquals(sipp.errors(), all.size(), sipp.succeeded());
  }

  @Test
  public void whoeverHasNoBusinessHereGetsOneAnswer() throws Exception {
    String nothing = door.get("/provision/firmware.bin").body();
    String code = enrolled(String.valueOf(++extension), "805ec00000aa", "Anna");
    for (DeskPhone phone : DeskPhone.all()) {
      for (DeskPhone.Step step : phone.keySteps()) {
        for (String prefix :
            List.of(
                "", "0123456789abcdef/", code + '/', "k".repeat(32) + '/' + "a".repeat(26) + '/')) {
          HttpResponse<String> answer =
              door.as(step.userAgent(), "GET", "/provision/" + prefix + step.path());
          assertEquals(phone.id() + prefix, 404, answer.statusCode());
          assertEquals(nothing, answer.body());
        }
      }
    }
    for (String path :
        List.of("/provision/..%2f805ec00000aa.cfg", "/provision/" + code + "/805ec00000aa.CFG")) {
      assertEquals(404, door.as("Yealink SIP-T54W 96", "GET", path).statusCode());
    }
    List<DeskPhone> all = DeskPhone.all();
    String pending = node.shell("latchkey:pending");
    assertTrue(pending, pending.contains(all.get(all.size() - 1).mac()));
  }

  @Test
  public void aSiteAddsAVendorAndOverridesALineByAFile() throws Exception {
    Path folder = node.home().resolve("etc/org.latchkey.phones");
    Files.createDirectories(folder);
    Path acme = folder.resolve("acme.profile");
    Path own = folder.resolve("00-00-5E-00-53-01.phone");
    try {
      Files.writeString(
          acme, "[profile]\nuser-agent = ^AcmePhone\n[settings]\ntransport = pigeon\n");
      Await.until("the bad line is named", SOON, () -> status().contains("acme.profile line 4"));
      Files.writeString(
          acme,
          """
          [profile]
          user-agent = ^AcmePhone
          [file device]
          path = acme-{mac}\\.ini
          keys = yes
          format = equals
          [content device]
          line.{line}.user_name = {user}
          line.{line}.auth_name = {key}
          line.{line}.auth_password = {secret}
          admin.password = {maintenance}
          next = {again}
          """);
      Files.writeString(own, "[content device]\nlobby = yes\n");
      String code = enrolled(String.valueOf(++extension), "00005e005301", "Anna");
      String path = "/provision/" + code + "/acme-00:00:5E:00:53:01.ini";
      Await.until(
          "the profile is there",
          SOON,
          () -> door.as("AcmePhone/1", "GET", path).body().contains("lobby = yes"));
      DeskPhone phone = new DeskPhone("acme", "acme", "00005e005301", List.of());
      ProvisionedKey key = phone.read(door.as("AcmePhone/1", "GET", path).body());
      try (SipWire wire = SipWire.udp(node.port("sip"))) {
        assertEquals(200, new ScriptedPhone(wire, key).register().status());
      }
    } finally {
      Files.deleteIfExists(acme);
      Files.deleteIfExists(own);
    }
  }

  @Test
  public void anAdministratorSeesTheFileAndTheMenusPasswordButNoSecret() throws Exception {
    for (DeskPhone phone : DeskPhone.all()) {
      if (!phone.id().startsWith("yealink-v81") && !phone.profile().equals("mitel")) {
        continue;
      }
      String user = String.valueOf(++extension);
      String mac = "00005e0053" + user.substring(2);
      DeskPhone other = renamed(phone, mac);
      String file = keyFile(other, enrolled(user, mac, "Anna"));
      ProvisionedKey key = other.read(file);
      String shown = node.shell("latchkey:phone " + user + " --preview");
      assertTrue(shown, shown.contains(key.credentials().keyIdentifier()));
      assertTrue(shown, shown.contains("*".repeat(26)));
      assertFalse(shown.contains(key.credentials().secret()));
      assertFalse(shown.contains(key.provisioningPassword()));
      assertTrue(shown, shown.contains("can't call"));
      String menu = other.menuPassword(file);
      assertTrue(
          phone.profile().equals("mitel") ? menu.matches("[1-9][0-9]{8}") : menu.length() == 26);
      assertTrue(
          node.shell("latchkey:phone " + user + " --maintenance-password").contains(": " + menu));
    }
  }

  /** What the status says, well or not. */
  private static String status() throws IOException {
    try (Console console = node.console("admin")) {
      return console.run("latchkey:status").output();
    }
  }

  private static String enrolled(String user, String mac, String name) throws IOException {
    return ProvisionedKey.code(
        node.shell("latchkey:enrol %s --device %s --name '%s'".formatted(user, mac, name)));
  }

  /** All of the phone's requests, and the key in the last file that had one. */
  private static ProvisionedKey provisioned(DeskPhone phone, String code) throws IOException {
    List<ProvisionedKey> keys = new ArrayList<>();
    String before = "";
    for (DeskPhone.Step step : phone.steps()) {
      String prefix = code + '/';
      if (step.told()) {
        prefix = phone.profile() + '/' + prefix;
        assertTrue(phone.id(), before.contains("/provision/" + prefix));
      }
      HttpResponse<String> answer =
          door.as(step.userAgent(), step.method(), "/provision/" + prefix + step.path());
      assertEquals(phone.id() + ' ' + step.path(), step.status(), answer.statusCode());
      before = answer.body();
      if (step.keys()) {
        keys.add(phone.read(before));
      }
    }
    assertEquals("one key, however many files", 1, keys.stream().distinct().count());
    return keys.get(0);
  }

  private static void usedUp(DeskPhone phone, String code) {
    DeskPhone.Step step = phone.keySteps().get(0);
    Await.until(
        "the code has ended",
        SOON,
        () ->
            door.as(step.userAgent(), "GET", "/provision/" + code + '/' + step.path()).statusCode()
                == 404);
  }

  private static void fetchesAgain(DeskPhone phone, ProvisionedKey key) throws IOException {
    DeskPhone.Step step = phone.keySteps().get(0);
    String login =
        phone.profile()
            + '/'
            + key.credentials().keyIdentifier()
            + '/'
            + key.provisioningPassword()
            + '/';
    HttpResponse<String> again =
        door.as(step.userAgent(), "GET", "/provision/" + login + step.path());
    assertEquals(phone.id(), 200, again.statusCode());
    assertEquals(phone.id(), key.credentials(), phone.read(again.body()).credentials());
    assertNotEquals(key.credentials().secret(), phone.menuPassword(again.body()));
  }

  private static String keyFile(DeskPhone phone, String code) throws IOException {
    DeskPhone.Step step = phone.keySteps().get(0);
    return door.as(step.userAgent(), "GET", "/provision/" + code + '/' + step.path()).body();
  }

  private static DeskPhone renamed(DeskPhone phone, String mac) {
    DeskPhone.Step step = phone.keySteps().get(0);
    return new DeskPhone(
        phone.id(),
        phone.profile(),
        mac,
        List.of(
            new DeskPhone.Step(
                "GET",
                step.path().replaceFirst("(?i)" + phone.mac(), mac),
                false,
                200,
                true,
                step.userAgent())));
  }
}
