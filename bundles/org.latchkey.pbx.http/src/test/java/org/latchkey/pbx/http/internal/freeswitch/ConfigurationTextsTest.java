package org.latchkey.pbx.http.internal.freeswitch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.Destinations;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** FreeSWITCH's files say what the settings say, and its emergency numbers ask nobody. */
public class ConfigurationTextsTest {

  private static final List<String> FILES =
      List.of(
          "dialplan.xml",
          "latchkey-admission.xml",
          "lua.xml",
          "profile.xml",
          "vars.xml",
          "xml_curl.conf.xml",
          "event_socket.conf.xml");

  @Test
  public void eachFileIsWellFormedAndFilled() throws Exception {
    for (String file : FILES) {
      assertFalse(file, texts("112").fill(file).matches("(?s).*@[A-Z_]+@.*"));
      document(file, "112");
    }
  }

  @Test
  public void anEmergencyNumberGoesToItsTargetBeforeAnybodyIsAsked() throws Exception {
    List<Element> extensions = extensions("112", "+1*1");
    assertEquals("latchkey-1-proved", extensions.get(0).getAttribute("name"));
    assertEquals("latchkey-1-unproved", extensions.get(1).getAttribute("name"));
    assertEquals("bridge sofia/external/sip:112@trunk.example", last(actions(extensions.get(0))));
    assertEquals("bridge sofia/external/sip:112@trunk.example", last(actions(extensions.get(1))));
    String names = extensions.stream().map(one -> one.getAttribute("name")).toList().toString();
    assertTrue(names, names.indexOf("unproved") < names.indexOf("latchkey-prove,"));
    for (Element extension : extensions.subList(0, 4)) {
      String actions = actions(extension).toString();
      assertFalse(actions, actions.contains("transfer"));
    }
  }

  @Test
  public void aNumberIsComparedAsAWhole() throws Exception {
    Pattern number = Pattern.compile(last(conditions(extensions("+1*1").get(0))));
    assertTrue(number.matcher("+1*1").find());
    assertTrue(number.matcher("+1*1;phone-context=x").find());
    for (String other : List.of("+1*12", "x+1*1", "+111", "11", "")) {
      assertFalse(other, number.matcher(other).find());
    }
  }

  @Test
  public void theTestDestinationIsForPhonesThatProvedThemselves() throws Exception {
    String names =
        extensions("112").stream().map(one -> one.getAttribute("name")).toList().toString();
    assertTrue(names, names.contains("latchkey-3-proved"));
    assertFalse(names, names.contains("latchkey-3-unproved"));
  }

  @Test
  public void thePlacesOfUnprovedCallersAreBoundedByNetworkSourceAndKind() throws Exception {
    Element unproved = extensions("112").get(1);
    assertTrue(
        conditions(unproved).toString(),
        attributes(unproved, "condition", "field")
            .contains("${acl(${network_addr} 10.0.0.0/8,192.0.2.7/32)}"));
    assertTrue(
        actions(unproved).toString(),
        actions(unproved).get(1).startsWith("limit hash latchkey_emergency all 8 latchkey-full"));
  }

  @Test
  public void whoseCredentialsNobodyCouldLookAtHasTheRightsOfAnybodyAndNoMore() throws Exception {
    List<Element> extensions = extensions("112");
    List<String> names = extensions.stream().map(one -> one.getAttribute("name")).toList();
    int away = names.indexOf("latchkey-away");
    assertEquals("after all permitted numbers", "latchkey-prove", names.get(away + 1));
    assertTrue(names.subList(0, away).stream().allMatch(one -> one.endsWith("proved")));
    assertEquals(List.of("respond 403 Forbidden"), actions(extensions.get(away)));
    for (Element extension : extensions.subList(0, away)) {
      boolean proved = !extension.getAttribute("name").endsWith("unproved");
      List<String> fields = attributes(extension, "condition", "field");
      assertEquals(names.toString(), proved, fields.contains("${latchkey_away}"));
    }
    Pattern here = Pattern.compile(conditions(extensions.get(0)).get(0));
    assertTrue(here.matcher("").find());
    assertFalse(here.matcher("true").find());
  }

  @Test
  public void luaAnswersForKeysThatCallAndForNobodyElse() throws Exception {
    String script = texts("112").fill("away.lua");
    assertTrue(script.contains("of(\"sip_auth_method\") == \"INVITE\""));
    assertTrue(script.contains("<variable name=\"latchkey_away\" value=\"true\"/>"));
    assertFalse("it gives no proof", script.contains("latchkey_key"));
    assertEquals(
        List.of("/etc/freeswitch/latchkey/away.lua", "directory"),
        TestSite.elements(document("lua.xml", "112"), "param").stream()
            .map(one -> one.getAttribute("value"))
            .toList());
  }

  @Test
  public void luaKnowsKeysOfBothFormsByTheSameForm() {
    Matcher form =
        Pattern.compile("#user == ([0-9]+) and user:match\\(\"\\^([kj])\\[0-9a-z\\]\\+\\$\"\\)")
            .matcher(texts("112").fill("away.lua"));
    List<String> forms = new ArrayList<>();
    while (form.find()) {
      forms.add(form.group(2));
      String key = form.group(2) + "0z".repeat(20).substring(1, Integer.parseInt(form.group(1)));
      assertTrue(key, Names.isKeyIdentifier(key));
      assertFalse(Names.isKeyIdentifier(key + "0"));
    }
    assertEquals(List.of("k", "j"), forms);
  }

  @Test
  public void aCallThatNobodyDecidesOnGets503() {
    assertTrue(texts("112").fill("latchkey-admission.xml").contains("respond\" data=\"503 "));
  }

  @Test
  public void thePhonesAreChallengedInTheDialplanSoThatEmergencyIsNot() {
    String profile = texts("112").fill("profile.xml");
    assertTrue(profile.contains("name=\"auth-calls\" value=\"false\""));
    assertTrue(profile.contains("value=\"XML:/etc/freeswitch/latchkey/dialplan.xml\""));
    assertTrue(texts("112").fill("dialplan.xml").contains("sip_challenge_realm=latchkey"));
    assertFalse(profile.contains("rfc8760"));
    assertTrue(
        new ConfigurationTexts(
                TestSite.site(),
                TestSite.settings(8021, DigestAlgorithm.SHA_256),
                destinations("112"))
            .with("DIRECTORY", "/x")
            .fill("profile.xml")
            .contains("name=\"rfc8760-auth-algorithms\" value=\"SHA-256\""));
  }

  @Test
  public void otherSettingsHaveAnotherMark() {
    assertEquals(texts("112").mark(), texts("112").with("DIRECTORY", "/elsewhere").mark());
    assertNotEquals(texts("112").mark(), texts("112", "911").mark());
  }

  @Test
  public void whatFreeSwitchWouldExpandOrSplitIsRefused() {
    assertThrows(RequestRefusedException.class, () -> texts("11,2"));
    assertThrows(
        RequestRefusedException.class,
        () ->
            new ConfigurationTexts(
                new PbxSite("a&b", List.of("pbx.test"), List.of()),
                TestSite.settings(8021, DigestAlgorithm.MD5),
                destinations("112")));
  }

  private static ConfigurationTexts texts(String... numbers) {
    return new ConfigurationTexts(
            TestSite.site(), TestSite.settings(8021, DigestAlgorithm.MD5), destinations(numbers))
        .with("DIRECTORY", "/etc/freeswitch/latchkey")
        .with("DOOR", "https://pbx.test:8444")
        .with("CA_FILE", "/etc/freeswitch/latchkey/ca.pem")
        .with("PASSWORD", "0123");
  }

  private static Destinations destinations(String... numbers) {
    List<PermittedDestinations.Destination> all = new ArrayList<>();
    for (String number : numbers) {
      all.add(
          new PermittedDestinations.Destination(
              number, "sip:112@trunk.example", PermittedDestinations.Kind.EMERGENCY));
    }
    all.add(
        new PermittedDestinations.Destination(
            "7000", "sip:7000@pbx.test", PermittedDestinations.Kind.HELP_DESK));
    all.add(
        new PermittedDestinations.Destination(
            "latchkey-test", "sip:t@127.0.0.1:5099", PermittedDestinations.Kind.TEST));
    return new Destinations(all, List.of("10.0.0.0/8", "192.0.2.7", "fc00::/7"), 2, 8);
  }

  private static Document document(String file, String... numbers) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(texts(numbers).fill(file).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> extensions(String... numbers) throws Exception {
    return TestSite.elements(document("dialplan.xml", numbers), "extension");
  }

  private static List<String> actions(Element extension) {
    List<String> data = attributes(extension, "action", "data");
    List<String> applications = attributes(extension, "action", "application");
    List<String> actions = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      actions.add(applications.get(i) + " " + data.get(i));
    }
    return actions;
  }

  private static List<String> conditions(Element extension) {
    return attributes(extension, "condition", "expression");
  }

  private static List<String> attributes(Element extension, String element, String attribute) {
    List<String> values = new ArrayList<>();
    var nodes = extension.getElementsByTagName(element);
    for (int i = 0; i < nodes.getLength(); i++) {
      values.add(((Element) nodes.item(i)).getAttribute(attribute));
    }
    return values;
  }

  private static String last(List<String> list) {
    return list.get(list.size() - 1);
  }
}
