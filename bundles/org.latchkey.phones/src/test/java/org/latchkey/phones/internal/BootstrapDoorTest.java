package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest.Header;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.KeyAgent;
import org.latchkey.phone.PhoneProfile;

/** What new phones fetch without TLS: an authority and an address, and never a key. */
public class BootstrapDoorTest {

  private static final String CA = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  private static final String MAC = "805ec0000001";

  private final List<PhoneProfile> profiles = TestPhones.deskProfiles(Map.of());
  private final BootstrapDoor door = door(CA);

  private BootstrapDoor door(String ca) {
    return new BootstrapDoor(profiles, new TestPhones.Address(ca));
  }

  /** Families, what they ask for, and where their file must say what. */
  private enum First {
    YEALINK("yealink", "Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:00:01", "y000000000096.cfg"),
    YEALINK_OWN("yealink", "Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:00:01", MAC + ".cfg"),
    POLY("poly", "FileTransport PolycomVVX-VVX_450-UA/6.4.6", "latchkey-bootstrap.cfg"),
    CISCO("cisco-mpp", "Cisco-CP-8841-3PCC/11.0 (" + MAC + ")", "CP-8841-3PCC.cfg"),
    GRANDSTREAM("grandstream", "Grandstream Model HW GRP2614 SW 1.0.5", "cfg" + MAC + ".xml"),
    SNOM("snom", "Mozilla/4.0 (compatible; snomD785-SIP 10.1)", "snomD785.htm"),
    SNOM_OWN("snom", "Mozilla/4.0 (compatible; snomD785-SIP 10.1)", "snomD785-" + MAC + ".htm"),
    MITEL("mitel", "Mitel6930 MAC:14-00-E9-00-00-01 V:6.4.0.140-SIP", "startup.cfg"),
    AVAYA("avaya", "Mozilla/4.0 AVAYA/J179-4.1.3.0.6 (MAC:c81fea83e85a)", "46xxsettings.txt"),
    PANASONIC("panasonic", "Panasonic_KX-HDV130/01.133", "KX-HDV130N.cfg");

    private final String profile;
    private final String agent;
    private final String file;

    First(String profile, String agent, String file) {
      this.profile = profile;
      this.agent = agent;
      this.file = file;
    }
  }

  private static DoorAnswer get(BootstrapDoor door, String path, String agent) {
    return door.answer(TestPhones.request("GET", path, new Header("User-Agent", agent)));
  }

  @Test
  public void eachFamilyIsToldOurAuthorityAndWhereToGoWithTls() throws Exception {
    for (First first : First.values()) {
      for (String path : List.of("/" + first.file, "/" + first.profile + '/' + first.file)) {
        DoorAnswer answer = get(door, path, first.agent);
        assertEquals(first.name(), 200, answer.status());
        String text = TestPhones.body(answer);
        VendorFiles.parsed(first.profile, text.getBytes(StandardCharsets.UTF_8));
        assertTrue(text, text.contains("localhost"));
        assertTrue(text, text.contains("8443"));
        assertTrue(text, text.contains("provision/" + first.profile));
        assertTrue(
            text,
            text.contains("http://localhost:8080/ca.pem")
                || text.contains("BEGIN CERT")
                || text.contains("\"ca.pem\""));
        TestPhones.hasNoSecret(first.name(), text);
      }
    }
  }

  @Test
  public void theAuthorityIsThereForAnybody() {
    assertEquals(CA, TestPhones.body(get(door, "/ca.pem", "")));
    assertEquals(404, get(door(""), "/ca.pem", "").status());
  }

  @Test
  public void withACertificateOfAPublicAuthorityTheAddressAloneIsTold() {
    for (First first : First.values()) {
      String text = TestPhones.body(get(door(""), "/" + first.file, first.agent));
      assertTrue(text, text.contains("provision/" + first.profile));
      assertFalse(text, text.contains("ca.pem") || text.contains("BEGIN CERT"));
    }
  }

  @Test
  public void everythingElseIsNotThere() {
    for (String path :
        List.of(
            "/",
            "/firmware.bin",
            "/provision/" + MAC + ".cfg",
            "/abcdefgh23456777/" + MAC + ".cfg",
            "/yealink/abcdefgh23456777/" + MAC + ".cfg",
            "/yealink/" + TestPhones.KEY + '/' + TestPhones.PASSWORD + '/' + MAC + ".cfg",
            "/linphone/abcdefgh23456777.xml",
            "/" + MAC + "-user.cfg",
            "/htek/cfg" + MAC + ".xml",
            "/v1/keys")) {
      DoorAnswer answer = get(door, path, First.YEALINK.agent);
      assertEquals(path, 404, answer.status());
      assertEquals(path, List.of(), answer.headers());
    }
    assertEquals(404, get(door, "/y000000000096.cfg", "somebody").status());
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      assertEquals(405, door.answer(TestPhones.request(method, "/ca.pem")).status());
    }
    assertEquals(Door.BOOTSTRAP, door.door());
  }

  @Test
  public void whileTheListenerIsClosedNothingIsMade() {
    PublicAddress closed = new TestPhones.Address(CA).withoutBootstrap();
    assertEquals(404, get(new BootstrapDoor(profiles, closed), "/ca.pem", "").status());
  }

  @Test
  public void itKnowsNobodyWhoIssuesKeys() {
    assertTrue(
        Stream.of(BootstrapDoor.class.getDeclaredFields())
            .map(Field::getType)
            .noneMatch(KeyAgent.class::isAssignableFrom));
  }

  @Test
  public void aSitesOwnFileThatNamesAKeyIsRefused() {
    for (String line : List.of("key = {key}", "key = {secret}", "key = {again}", "{line} = x")) {
      refuses("[bootstrap a]\npath = a\\.cfg\nformat = equals\n[bootstrap-content a]\n" + line);
    }
    refuses("[bootstrap a]\npath = a\\.cfg\nkeys = yes\nformat = equals\n");
    refuses("[bootstrap-content a]\nkey = x\n");
  }

  private static void refuses(String text) {
    Map<String, String> faults = new TreeMap<>();
    new Shelf()
        .take(
            Map.of("acme.profile", "[profile]\nuser-agent = ^Acme\n" + text),
            PhoneSettings.STANDARD,
            faults);
    assertEquals(text, 1, faults.size());
  }

  @Test
  public void aSiteAddsAVendorOfItsOwn() {
    List<PhoneProfile> own =
        TestPhones.deskProfiles(
            Map.of(
                "acme.profile",
                """
                [profile]
                user-agent = ^Acme
                [bootstrap a]
                path = acme\\.cfg
                format = equals
                [bootstrap-content a]
                ca = {ca-url}
                server = {provisioning}
                """));
    DoorAnswer answer =
        get(new BootstrapDoor(own, new TestPhones.Address(CA)), "/acme.cfg", "Acme 1");
    assertEquals(
        "ca = http://localhost:8080/ca.pem\nserver = https://localhost:8443/provision/acme/\n",
        TestPhones.body(answer));
  }
}
