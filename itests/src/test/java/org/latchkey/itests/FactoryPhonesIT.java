package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.DeskPhone;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.FactoryCertificates;
import org.latchkey.itests.fixture.FirmwareDoor;
import org.latchkey.itests.fixture.FirmwareDoor.Answer;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipWire;

/**
 * Phones out of their boxes with the certificates of their makers, byte by byte over TLS; and
 * others who ask what phones ask.
 */
public final class FactoryPhonesIT {

  private static final byte[] NOTHING = new byte[0];
  private static final String PHONES = "127.0.7.1";
  private static final String OTHERS = "127.0.7.2";
  private static final String YEALINK = "Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:00:01";

  private static LatchkeyNode node;
  private static Path ca;
  private static int extension = 3300;

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
    node.awaitStore();
    ca = node.file("tls/ca.pem");
  }

  @Test
  public void everyPhoneShowsItsCertificateAndEndsWithAWorkingConfiguration() throws Exception {
    for (DeskPhone phone : DeskPhone.all()) {
      SSLContext tls = FactoryCertificates.of(phone, ca);
      String code = code(String.valueOf(++extension), phone.mac());
      ProvisionedKey key = provisioned(phone, tls, code);
      assertEquals(phone.id(), extension + "@localhost", key.aor());
      try (SipWire wire = SipWire.tls(Door.trust(ca), node.port("tls"))) {
        assertEquals(phone.id(), 200, new ScriptedPhone(wire, key).register().status());
      }
      Await.until(
          phone.id() + "'s code has ended",
          Duration.ofSeconds(20),
          () -> sameAsNothing(tls, PHONES, code + '/' + phone.keySteps().get(0).path()));
    }
  }

  @Test
  public void aCertificateAloneIsNoPermission() throws Exception {
    for (DeskPhone phone : DeskPhone.all()) {
      SSLContext tls = FactoryCertificates.of(phone, ca);
      assertTrue(phone.id(), sameAsNothing(tls, PHONES, phone.keySteps().get(0).path()));
    }
    String mac = "805ec00000b1";
    String code = code(String.valueOf(++extension), mac);
    SSLContext generic = FactoryCertificates.generic(ca);
    assertTrue(sameAsNothing(generic, PHONES, mac + ".cfg"));
    assertTrue("another's", sameAsNothing(generic, PHONES, code + "/805ec00000b2.cfg"));
    try (FirmwareDoor door = open(generic, PHONES)) {
      assertEquals("its own", 200, door.get(code + '/' + mac + ".cfg", YEALINK).status());
    }
  }

  @Test
  public void whoeverAsksWithoutPermissionGetsTheSameBytes() throws Exception {
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      known.add("805ec00000%02x".formatted(0xc0 + i));
      String unused = code(String.valueOf(++extension), known.get(i));
    }
    SSLContext tls = Door.trust(ca);
    try (FirmwareDoor door = open(tls, OTHERS)) {
      String browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0";
      for (String agent : List.of(browser, YEALINK, "curl/8.5.0", "")) {
        String nothing = door.get("firmware.bin", agent).withoutDate();
        assertTrue(nothing, nothing.startsWith("HTTP/1.1 404 "));
        for (int i = 0; i < 200; i++) {
          String path = "805ec00000%02x.cfg".formatted(i);
          assertEquals(agent + path, nothing, door.get(path, agent).withoutDate());
        }
        for (String path :
            List.of(
                "..%2f" + known.get(0) + ".cfg",
                "%2e%2e/" + known.get(0) + ".cfg",
                "yealink/..%2f" + known.get(0) + ".cfg",
                known.get(0) + ".boot",
                "0123456789abcdef/" + known.get(0) + ".cfg",
                "k".repeat(32) + '/' + "a".repeat(26) + '/' + known.get(0) + ".cfg")) {
          assertEquals(agent + path, nothing, door.get(path, agent).withoutDate());
        }
      }
    }
  }

  @Test
  public void whatPhonesUploadIsRefusedAndNowhereAfterwards() throws Exception {
    Instant before = Instant.now().minusSeconds(2);
    String marker = ScriptedPhone.unique("uploaded-by-a-phone-");
    String seen = ScriptedPhone.unique("said-to-the-agent-");
    String code = ProvisionedKey.code(node.shell("latchkey:enrol 3390 --name " + seen));
    byte[] body =
        (marker + " account.1.password = x\n").repeat(200).getBytes(StandardCharsets.US_ASCII);
    String refusal = "";
    SSLContext tls = Door.trust(ca);
    for (String agent :
        List.of(YEALINK, "FileTransport PolycomVVX-VVX_450-UA/6.4.6.2100 Type/Application")) {
      for (String path :
          List.of(
              "64167f000001-app.log",
              "64167f000001-boot.log",
              "64167f000001-web.cfg",
              "805ec0000001-local.cfg",
              "805ec0000001.cfg",
              code + "/64167f000001-phone.cfg",
              code + "/805ec0000001-local.cfg",
              marker + ".log",
              "backup?name=" + marker)) {
        for (String method : List.of("PUT", "POST")) {
          try (FirmwareDoor door = open(tls, PHONES)) {
            Answer answer = door.ask(method, path, "1.1", agent, body);
            assertEquals(method + path, 405, answer.status());
            refusal = refusal.isEmpty() ? answer.withoutDate() : refusal;
            assertEquals(method + path, refusal, answer.withoutDate());
          }
        }
      }
    }
    Map<String, Path> found = filesSince(before, List.of(marker, seen));
    assertTrue("the search finds what was kept: " + found, found.containsKey(seen));
    assertFalse(found.toString(), found.containsKey(marker));
  }

  private static ProvisionedKey provisioned(DeskPhone phone, SSLContext tls, String code)
      throws Exception {
    List<ProvisionedKey> keys = new ArrayList<>();
    String version = phone.id().equals("yealink-legacy") ? "1.0" : "1.1";
    for (DeskPhone.Step step : phone.steps()) {
      String prefix = (step.told() ? phone.profile() + '/' : "") + code + '/';
      try (FirmwareDoor door = open(tls, PHONES)) {
        boolean has = !List.of("mitel", "gigaset", "htek", "generic").contains(phone.profile());
        assertEquals(phone.id(), has, door.showedCertificate());
        Answer answer =
            door.ask(step.method(), prefix + step.path(), version, step.userAgent(), NOTHING);
        assertEquals(phone.id() + ' ' + step.path(), step.status(), answer.status());
        if (step.keys()) {
          keys.add(phone.read(answer.text()));
        }
      }
    }
    assertEquals("one key, however many files", 1, keys.stream().distinct().count());
    return keys.get(0);
  }

  /** Whether the door says to this what it says to who asks for what nobody has. */
  private static boolean sameAsNothing(SSLContext tls, String from, String path)
      throws IOException {
    try (FirmwareDoor door = open(tls, from)) {
      String nothing = door.get("firmware.bin", YEALINK).withoutDate();
      return door.get(path, YEALINK).withoutDate().equals(nothing);
    }
  }

  /** Which words stand in the name or the bytes of a file below the node's folder. */
  private static Map<String, Path> filesSince(Instant since, List<String> words)
      throws IOException {
    Map<String, Path> found = new java.util.TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(node.home())) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      if (Files.getLastModifiedTime(file).compareTo(FileTime.from(since)) >= 0) {
        String bytes = file + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        words.stream().filter(bytes::contains).forEach(word -> found.put(word, file));
      }
    }
    return found;
  }

  private static FirmwareDoor open(SSLContext tls, String from) throws IOException {
    return FirmwareDoor.open(tls, from, node.port("https"));
  }

  private static String code(String user, String mac) throws IOException {
    return ProvisionedKey.code(
        node.shell("latchkey:enrol %s --device %s --name Anna".formatted(user, mac)));
  }
}
