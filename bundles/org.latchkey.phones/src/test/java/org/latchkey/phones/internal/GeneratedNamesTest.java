package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Names without end ({@code -Dlatchkey.fuzz=1000000}), none of which leaves its place. */
public class GeneratedNamesTest {

  private static final int COUNT = Integer.getInteger("latchkey.fuzz", 1_000);
  private static final long SEED = 4;
  private static final String LPCONFIG = "http://www.linphone.org/xsds/lpconfig.xsd";
  private static final Schema SCHEMA = schema();

  /** A {@code name-addr} (RFC 3261 section 25.1) of this user. */
  private static final Pattern IDENTITY =
      Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\" )?<sip:1001@localhost>");

  private static final Site SITE =
      new Site(URI.create("https://localhost:8443/provision/"), "-----BEGIN\nCERT-----\n");

  @Test
  public void noGeneratedNameAddsAKeyOrChangesAnotherValueInAnyFamilysFile() throws Exception {
    List<Family> families = new ArrayList<>();
    for (PhoneProfile profile : TestPhones.deskProfiles(Map.of())) {
      families.add(Family.of(profile));
    }
    PhoneProfile linphone =
        new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.SHA_256, 600, false));
    families.add(Family.of(linphone));
    HostileNames names = new HostileNames(SEED);
    for (int i = 0; i < COUNT; i++) {
      families.get(i % families.size()).staysItself(names.next(), i);
    }
  }

  /**
   * A family, and its file for an honest name.
   *
   * @param values all values by their places, but that of the name
   * @param names where the name stands
   */
  private record Family(PhoneProfile profile, Map<String, String> values, List<String> names) {

    static Family of(PhoneProfile profile) throws Exception {
      Map<String, String> honest = parsed(profile, "Anna");
      List<String> names =
          honest.entrySet().stream()
              .filter(one -> one.getValue().contains("Anna"))
              .map(Map.Entry::getKey)
              .toList();
      assertFalse(profile.name(), names.isEmpty());
      names.forEach(honest::remove);
      return new Family(profile, honest, names);
    }

    void staysItself(String name, int number) throws Exception {
      String what = profile.name() + ", name " + number + " of seed " + SEED + ": " + name;
      Map<String, String> file = parsed(profile, name);
      for (String place : names) {
        String shown = Objects.requireNonNull(file.remove(place), what);
        assertTrue(what, shown.codePointCount(0, shown.length()) <= 64 * 2 + 32);
        assertTrue(what, shown.codePoints().allMatch(GeneratedNamesTest::isShown));
        assertTrue(
            what, !place.equals("proxy_0/reg_identity") || IDENTITY.matcher(shown).matches());
      }
      assertEquals(what, values, file);
    }
  }

  /** What a display shows in one line: no control, no break, no half of a pair, nothing hidden. */
  private static boolean isShown(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && type != Character.UNASSIGNED;
  }

  private static Map<String, String> parsed(PhoneProfile profile, String name) throws Exception {
    boolean linphone = profile instanceof LinphoneProfile;
    FileRequest request =
        (linphone
                ? profile.recognise(
                    new ProvisioningRequest(
                        "GET", "linphone/abcdefgh23456777.xml", "", "", List.of()))
                : profile.keyFile(Optional.of("805ec0000001")))
            .orElseThrow();
    PhoneFile file =
        profile.render(request, List.of(TestPhones.key(name, "1001", DigestAlgorithm.MD5)), SITE);
    byte[] bytes = file.body().copy();
    return linphone ? lpconfig(bytes) : new HashMap<>(VendorFiles.parsed(profile.name(), bytes));
  }

  /** The entries of a file that its schema allows. */
  private static Map<String, String> lpconfig(byte[] bytes) throws Exception {
    Document document = VendorFiles.document(bytes);
    SCHEMA.newValidator().validate(new DOMSource(document));
    Map<String, String> values = new TreeMap<>();
    NodeList entries = document.getElementsByTagNameNS(LPCONFIG, "entry");
    for (int i = 0; i < entries.getLength(); i++) {
      Element entry = (Element) entries.item(i);
      String section = ((Element) entry.getParentNode()).getAttribute("name");
      values.put(section + '/' + entry.getAttribute("name"), entry.getTextContent());
    }
    return values;
  }

  private static Schema schema() {
    try {
      return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(GeneratedNamesTest.class.getResource("lpconfig.xsd"));
    } catch (org.xml.sax.SAXException e) {
      throw new AssertionError(e);
    }
  }
}
