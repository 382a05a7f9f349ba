package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;

/** What a site puts into its folder. */
public class ShelfTest {

  private static final Site SITE = new Site(URI.create("https://localhost:8443/provision/"), "");

  private final Shelf shelf = new Shelf();
  private final Map<String, String> faults = new TreeMap<>();

  @Test
  public void aLineOfAProfileIsReplacedAddedOrTakenAway() throws Exception {
    take(
        Map.of(
            "yealink.profile",
            """
            # our own wishes
            [content device]
            account.{line}.label = {user}
            static.auto_provision.repeat.enable = -
            phone_setting.lock = 1
            phone_setting.note = made for {user} = {domain}
            """));
    assertEquals(Map.of(), faults);
    Map<String, String> file = parsed("yealink", "805ec0000001");
    assertEquals("1001", file.get("account.1.label"));
    assertFalse(file.containsKey("static.auto_provision.repeat.enable"));
    assertEquals("1", file.get("phone_setting.lock"));
    assertEquals("made for 1001 = localhost", file.get("phone_setting.note"));
    assertEquals(TestPhones.SECRET, file.get("account.1.password"));
    take(Map.of());
    assertEquals("Anna", parsed("yealink", "805ec0000001").get("account.1.label"));
  }

  @Test
  public void aSiteAddsAVendorWithoutJava() throws Exception {
    take(
        Map.of(
            "acme.profile",
            """
            [profile]
            vendor = Acme
            user-agent = ^AcmePhone/
            check-sync = resync
            calls-unregistered = yes
            [settings]
            transport = udp
            [file device]
            path = acme-{mac}\\.xml
            keys = yes
            format = xml
            root = acme
            [content device]
            account[@n={line}]/@login = {key}
            account[@n={line}]/password = {secret}
            """));
    assertEquals(Map.of(), faults);
    PhoneProfile acme = profile("acme");
    assertEquals(Optional.of("resync"), acme.traits().checkSyncEvent());
    assertTrue(acme.traits().callsUnregistered());
    FileRequest request =
        acme.recognise(request("acme-80-5E-C0-00-00-01.xml", "AcmePhone/2")).orElseThrow();
    assertEquals(Optional.of("805ec0000001"), request.device());
    assertEquals(Optional.empty(), acme.recognise(request("acme-805ec0000001.xml", "Other/2")));
    Map<String, String> file = parsed("acme", "805ec0000001");
    assertEquals(TestPhones.KEY, file.get("/acme/account/@login"));
    assertEquals(TestPhones.SECRET, file.get("/acme/account/password"));
    assertEquals(
        "its phones are no longer anybody's",
        Optional.empty(),
        profile("generic").recognise(request("805ec0000001.cfg", "AcmePhone/2")));
  }

  @Test
  public void whatCantBeReadIsNamedAndTheRestStands() throws Exception {
    take(Map.of("yealink.profile", "[content device]\naccount.{line}.label = mine\n"));
    assertEquals("mine", parsed("yealink", "805ec0000001").get("account.1.label"));
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry("yealink.profile", "[content device]\naccount.{line}.label = {nobody}\n"),
            Map.entry("snom.profile", "[settings]\ntransport = pigeon\n"),
            Map.entry("poly.profile", "user-agent = x\n"),
            Map.entry("a.profile", "[profile]\ncolour = red\n"),
            Map.entry("b.profile", "[file x]\npath = {mac}\nformat = word\n"),
            Map.entry("c.profile", "[file x]\npath = (\nformat = equals\n"),
            Map.entry(
                "d.profile", "[file x]\npath = x\nformat = equals\n[content x]\na = {secret}\n"),
            Map.entry("e.profile", "[content device]\na = b\n"),
            Map.entry("f.profile", "[profile]\nuser-agent=x\n"),
            Map.entry(
                "g.profile",
                "[file x]\npath = x\nkeys = yes\nformat = xml\nroot = a\n[content x]\nb c = d\n"),
            Map.entry(
                "h.profile",
                "[file x]\npath = x\nkeys = yes\nformat = set\n[content x]\nA{user} = d\n"),
            Map.entry("i.profile", "[file x]\npath = x\nformat = set\n[content x]\nA = {mac\n"),
            Map.entry("Readme.txt", "hello"));
    take(bad);
    assertEquals(bad.keySet(), faults.keySet());
    assertEquals(
        "yealink.profile line 2: there is no variable {nobody}",
        faults.getOrDefault("yealink.profile", "").split(";", -1)[0]);
    assertEquals(
        "snom.profile line 2: transport is one of udp, tcp, tls", faults.get("snom.profile"));
    assertTrue(
        faults.get("d.profile"), faults.getOrDefault("d.profile", "").contains("keys = yes"));
    assertEquals(
        "the last good one", "mine", parsed("yealink", "805ec0000001").get("account.1.label"));
    assertEquals(Shelf.BUILT_IN, shelf.profiles().stream().map(PhoneProfile::name).toList());
  }

  @Test
  public void aProfileThatDidNotChangeStaysTheSameService() {
    take(Map.of());
    List<TemplateProfile> before = shelf.profiles();
    take(Map.of("snom.profile", "[settings]\nsrtp = offered\n"));
    for (int i = 0; i < before.size(); i++) {
      TemplateProfile now = shelf.profiles().get(i);
      if (now.name().equals("snom")) {
        assertFalse(now.equals(before.get(i)));
      } else {
        assertSame(before.get(i), now);
      }
    }
  }

  @Test
  public void onePhoneMayDifferFromItsFamily() throws Exception {
    take(
        Map.of(
            "80-5E-C0-00-00-02.phone",
            """
            [settings]
            algorithm = SHA-256
            identifier = short
            transport = udp
            srtp = required
            expiry-seconds = 120
            resync-minutes = 60
            time-zone = Asia/Kolkata
            ntp-server = time.example.org
            [content device]
            account.{line}.label = Lobby
            """));
    assertEquals(Map.of(), faults);
    PhoneProfile yealink = profile("yealink");
    FileRequest other = yealink.keyFile(Optional.of("805ec0000001")).orElseThrow();
    FileRequest own = yealink.keyFile(Optional.of("805ec0000002")).orElseThrow();
    assertEquals(DigestAlgorithm.MD5, yealink.traits(other).algorithm());
    assertEquals(DigestAlgorithm.SHA_256, yealink.traits(own).algorithm());
    assertEquals(IdentifierForm.SHORT, yealink.traits(own).form());
    Map<String, String> file = parsed("yealink", "805ec0000002");
    assertEquals("Lobby", file.get("account.1.label"));
    assertEquals("0", file.get("account.1.sip_server.1.transport_type"));
    assertEquals("5060", file.get("account.1.sip_server.1.port"));
    assertEquals("2", file.get("account.1.srtp_encryption"));
    assertEquals("120", file.get("account.1.sip_server.1.expires"));
    assertEquals("60", file.get("static.auto_provision.repeat.minutes"));
    assertEquals("+5:30", file.get("local_time.time_zone"));
    assertEquals("time.example.org", file.get("local_time.ntp_server1"));
    Map<String, String> family = parsed("yealink", "805ec0000001");
    assertEquals("5061", family.get("account.1.sip_server.1.port"));
    assertFalse("nobody said which", family.containsKey("local_time.time_zone"));
  }

  @Test
  public void aPhoneWhoseOwnFileCantBeReadGetsNoneButTheLastGoodOneStands() throws Exception {
    take(Map.of("805ec0000002.phone", "transport = udp"));
    assertTrue(faults.containsKey("805ec0000002.phone"));
    assertThrows(IllegalArgumentException.class, () -> parsed("yealink", "805ec0000002"));
    assertEquals("5061", parsed("yealink", "805ec0000001").get("account.1.sip_server.1.port"));
    take(Map.of("805ec0000002.phone", "[settings]\ntransport = udp"));
    take(Map.of("805ec0000002.phone", "[settings]\ntransport udp"));
    assertEquals("5060", parsed("yealink", "805ec0000002").get("account.1.sip_server.1.port"));
    take(Map.of("805ec0000002.phone", "[settings]\ntransport = pigeon"));
    assertEquals(
        "805ec0000002.phone line 2: transport is one of udp, tcp, tls",
        faults.get("805ec0000002.phone"));
    assertEquals("5060", parsed("yealink", "805ec0000002").get("account.1.sip_server.1.port"));
    take(Map.of("805ec0000002.phone", "[content device]\na = {nothing}"));
    assertTrue(faults.containsKey("805ec0000002.phone"));
    take(Map.of("805ec0000002.phone", "[content sidecar]\na = b"));
    assertThrows(
        "its family has no such file",
        IllegalArgumentException.class,
        () -> parsed("yealink", "805ec0000002"));
  }

  private void take(Map<String, String> files) {
    faults.clear();
    shelf.take(files, PhoneSettings.STANDARD, faults);
  }

  private PhoneProfile profile(String name) {
    return shelf.profiles().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> parsed(String name, String mac) throws Exception {
    PhoneProfile profile = profile(name);
    FileRequest request = profile.keyFile(Optional.of(mac)).orElseThrow();
    return VendorFiles.parsed(
        name,
        profile
            .render(request, List.of(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5)), SITE)
            .body()
            .copy());
  }

  private static ProvisioningRequest request(String path, String userAgent) {
    return new ProvisioningRequest("GET", path, "", userAgent, List.of());
  }
}
