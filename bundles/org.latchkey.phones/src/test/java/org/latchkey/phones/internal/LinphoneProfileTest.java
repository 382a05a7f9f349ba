package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class LinphoneProfileTest {

  private static final String NAMESPACE = "http://www.linphone.org/xsds/lpconfig.xsd";
  private static final Site SITE = new Site(URI.create("https://localhost:8443/provision/"), "");

  private final LinphoneProfile profile =
      new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.SHA_256, 600, false));

  @Test
  public void aPhoneWithACodeIsRecognised() {
    FileRequest file = recognised("linphone/abcdefgh23456777.xml").orElseThrow();
    assertEquals("abcdefgh23456777", text(file.code().orElseThrow()));
    assertTrue(file.login().isEmpty());
    assertEquals(List.of(1), file.lines());
  }

  @Test
  public void aPhoneWithItsLoginIsRecognised() {
    FileRequest file = recognised("linphone/lkabc/pass.word.xml").orElseThrow();
    assertEquals("lkabc", file.login().orElseThrow().keyIdentifier());
    assertEquals("pass.word", text(file.login().orElseThrow().password()));
    assertTrue(file.code().isEmpty());
  }

  @Test
  public void whatIsNoRequestOfLinphoneIsLeftToOtherProfiles() {
    for (String path :
        List.of(
            "",
            "linphone",
            "linphone/",
            "linphone/.xml",
            "linphone/code",
            "linphone/code.cfg",
            "linphone//password.xml",
            "linphone/key/.xml",
            "linphone/a/b/c.xml",
            "Linphone/code.xml",
            "x/linphone/code.xml",
            "linphone/" + "a".repeat(65) + ".xml",
            "805ec0000001.cfg")) {
      assertTrue(path, recognised(path).isEmpty());
    }
  }

  @Test
  public void theFileHasHa1AndNeverTheSecretKey() throws Exception {
    PhoneFile file = rendered(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5));
    assertEquals("application/xml", file.contentType());
    assertFalse(text(file.body()).contains(TestPhones.SECRET));
    Map<String, String> entries = entries(file);
    assertEquals(ha1("SHA-256"), entries.get("auth_info_0/ha1"));
    assertEquals("SHA-256", entries.get("auth_info_0/algorithm"));
    assertEquals(TestPhones.KEY, entries.get("auth_info_0/userid"));
    assertEquals("1001", entries.get("auth_info_0/username"));
    assertEquals("latchkey", entries.get("auth_info_0/realm"));
    assertFalse(entries.containsKey("auth_info_0/passwd"));
  }

  @Test
  public void theNextStartFetchesAgainWithTheProvisioningLogin() throws Exception {
    Map<String, String> entries =
        entries(rendered(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5)));
    String again = entries.get("misc/config-uri");
    assertEquals(
        "https://localhost:8443/provision/linphone/"
            + TestPhones.KEY
            + "/"
            + TestPhones.PASSWORD
            + ".xml",
        again);
    FileRequest file =
        recognised(again.substring("https://localhost:8443/provision/".length())).orElseThrow();
    assertEquals(TestPhones.KEY, file.login().orElseThrow().keyIdentifier());
    assertEquals(TestPhones.PASSWORD, text(file.login().orElseThrow().password()));
  }

  @Test
  public void theAccountRegistersOverTlsWhereItsAlgorithmIsChallenged() throws Exception {
    IssuedKey key = TestPhones.key("Anna", "1001", DigestAlgorithm.MD5);
    Map<String, String> entries = entries(rendered(key));
    assertEquals("<sip:pbx.example.org:5071;transport=tls>", entries.get("proxy_0/reg_proxy"));
    assertEquals("600", entries.get("proxy_0/reg_expires"));
    assertEquals("none", entries.get("sip/media_encryption"));
    assertEquals("\"Anna\" <sip:1001@localhost>", entries.get("proxy_0/reg_identity"));

    LinphoneProfile old =
        new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.MD5, 600, false));
    Map<String, String> md5 = entries(old.render(file(), List.of(key), SITE));
    assertEquals("<sip:pbx.example.org:5061;transport=tls>", md5.get("proxy_0/reg_proxy"));
    assertEquals(ha1("MD5"), md5.get("auth_info_0/ha1"));
    assertEquals("MD5", md5.get("auth_info_0/algorithm"));
    assertEquals(DigestAlgorithm.MD5, old.traits().algorithm());
  }

  @Test
  public void encryptedMediaIsOfferedButNeverInsistedOn() throws Exception {
    Map<String, String> entries =
        entries(
            new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.SHA_256, 600, true))
                .render(file(), List.of(TestPhones.key("A", "1001", DigestAlgorithm.MD5)), SITE));
    assertEquals("srtp", entries.get("sip/media_encryption"));
    assertEquals("0", entries.get("sip/media_encryption_mandatory"));
  }

  @Test
  public void aKeyThatAcceptsNothingLessThanSha256IsNeverWrittenForMd5() throws Exception {
    LinphoneProfile old =
        new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.MD5, 600, false));
    Map<String, String> entries =
        entries(
            old.render(
                file(), List.of(TestPhones.key("Anna", "1001", DigestAlgorithm.SHA_256)), SITE));
    assertEquals("SHA-256", entries.get("auth_info_0/algorithm"));
    assertEquals(ha1("SHA-256"), entries.get("auth_info_0/ha1"));
  }

  @Test
  public void everyEntryReplacesWhatThePhoneHad() throws Exception {
    NodeList entries =
        document(rendered(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5)))
            .getElementsByTagNameNS(NAMESPACE, "entry");
    for (int i = 0; i < entries.getLength(); i++) {
      assertEquals("true", ((Element) entries.item(i)).getAttribute("overwrite"));
    }
    assertTrue(entries.getLength() > 10);
  }

  @Test
  public void aHostileNameOrUserBreaksOutOfNothing() throws Exception {
    int honest = entries(rendered(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5))).size();
    for (String name :
        List.of(
            "</entry></section><section name=\"sip\"><entry name=\"root_ca\">/x</entry>",
            "<![CDATA[x]]>&amp;&#10;<!--",
            "a\n[sip]\nroot_ca=/x\r\n",
            "\" <sip:evil@example.org>;x=\"",
            "back\\slash \\\" quote",
            "\u0000\u0001\u000b\uffff\ud83d\u2028\u0085",
            "ünï 😀",
            "x".repeat(100_000))) {
      Map<String, String> entries =
          entries(rendered(TestPhones.key(name, "10<01>\"& ;x", DigestAlgorithm.MD5)));
      assertEquals(name, honest, entries.size());
      String identity = entries.get("proxy_0/reg_identity");
      assertTrue(identity, identity.endsWith("<sip:10%3C01%3E%22&%20%3Bx@localhost>"));
      String quoted = identity.substring(0, identity.lastIndexOf("<sip:10"));
      assertTrue(identity, quoted.matches("|\"([^\"\\\\]|\\\\.){1,128}\" "));
      assertFalse(identity, identity.chars().anyMatch(Character::isISOControl));
    }
    assertEquals(
        "\"ünï 😀\" <sip:1001@localhost>",
        entries(rendered(TestPhones.key("ünï 😀", "1001", DigestAlgorithm.MD5)))
            .get("proxy_0/reg_identity"));
  }

  @Test
  public void anAccountWithoutANameOrWithABlankOneIsItsUriAlone() throws Exception {
    for (String name : new String[] {null, " \n\t"}) {
      assertEquals(
          "<sip:1001@localhost>",
          entries(rendered(TestPhones.key(name, "1001", DigestAlgorithm.MD5)))
              .get("proxy_0/reg_identity"));
    }
  }

  private Optional<FileRequest> recognised(String path) {
    return profile.recognise(new ProvisioningRequest("GET", path, "", "", List.of()));
  }

  private FileRequest file() {
    return recognised("linphone/abcdefgh23456777.xml").orElseThrow();
  }

  private PhoneFile rendered(IssuedKey key) {
    return profile.render(file(), List.of(key), SITE);
  }

  private static String ha1(String algorithm) throws Exception {
    String a1 = TestPhones.KEY + ":latchkey:" + TestPhones.SECRET;
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance(algorithm).digest(a1.getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(org.latchkey.key.Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }

  private static Document document(PhoneFile file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(file.body().copy()));
  }

  private static Map<String, String> entries(PhoneFile file) throws Exception {
    Map<String, String> entries = new TreeMap<>();
    NodeList nodes = document(file).getElementsByTagNameNS(NAMESPACE, "entry");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element entry = (Element) nodes.item(i);
      String section = ((Element) entry.getParentNode()).getAttribute("name");
      String before =
          entries.put(section + '/' + entry.getAttribute("name"), entry.getTextContent());
      assertEquals(null, before);
    }
    return entries;
  }
}
