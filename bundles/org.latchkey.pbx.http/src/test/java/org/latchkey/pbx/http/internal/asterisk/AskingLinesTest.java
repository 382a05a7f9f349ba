package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.Test;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.kamailio.Destinations;

/** The dialplan asks by CURL or by FastAGI, as the settings say, and never waits for ever. */
public class AskingLinesTest {

  @Test
  public void byCurlNothingOfFastAgiIsThere() {
    for (String file : List.of("extensions.conf", "haproxy.cfg", "modules.conf")) {
      String text = template(false).fill(file);
      assertFalse(file, text.toLowerCase(Locale.ROOT).contains("agi"));
    }
    String text = template(false).fill("extensions.conf");
    assertTrue(text.contains("Set(LATCHKEY_SAYS=${CURL(http://127.0.0.1:8447/asterisk/w/admit,e"));
    assertTrue(text.contains("${CURL(http://127.0.0.1:8447/asterisk/w/permitted,at=$"));
  }

  @Test
  public void byFastAgiTheDialplanAsks() {
    String text = template(true).fill("extensions.conf");
    assertFalse(text.contains("/w/admit,"));
    assertTrue(text.contains("n,AGI(agi://127.0.0.1:8449/admit,w,endpoint=${URIENCODE($"));
    assertTrue(template(true).fill("modules.conf").contains("\nload = res_agi.so\n"));
  }

  @Test
  public void whatIsAskedIsTheSame() {
    String byCurl = template(false).fill("extensions.conf");
    String byAgi = template(true).fill("extensions.conf");
    String asked = byCurl.substring(byCurl.indexOf("/w/admit,") + "/w/admit,".length());
    asked = asked.substring(0, asked.indexOf(")})\n"));
    assertTrue(asked, byAgi.contains("/admit,w," + asked + ")\n"));
  }

  @Test
  public void aQuestionEndsAfterTwoSecondsAndTheCallsOwnTimeGoesOn() {
    String text = template(true).fill("extensions.conf");
    String ask = text.substring(text.indexOf("[latchkey-ask]"), text.indexOf("[latchkey-who]"));
    List<String> order =
        List.of(
            "Set(LATCHKEY_SAYS=)",
            "Set(LATCHKEY_TIME=${TIMEOUT(absolute)})",
            "Set(AGIEXITONHANGUP=yes)",
            "Set(TIMEOUT(absolute)=2)",
            "AGI(",
            "Set(TIMEOUT(absolute)=${LATCHKEY_TIME})",
            "Set(AGIEXITONHANGUP=${LATCHKEY_EXIT})",
            "Set(LATCHKEY_DOES=${FILTER(a-z,",
            "exten => T,1,Set(TIMEOUT(absolute)=${LATCHKEY_TIME})\n",
            " same => n,Set(AGIEXITONHANGUP=${LATCHKEY_EXIT})\n same => n,Return()\n");
    int at = -1;
    for (String step : order) {
      int next = ask.indexOf(step, at + 1);
      assertTrue(step, next > at);
      at = next;
    }
  }

  /** Nothing bounds FastAGI in a hangup handler. */
  @Test
  public void emergencyAsksNobodyAndIsToldByCurlWhicheverWayIsAsked() {
    String way = unproved(true);
    assertFalse(way.contains("AGI"));
    String told = "[latchkey-told]\nexten => s,1,Set(CURLOPT(conntimeout)=1)\n";
    assertTrue(way.contains(told));
    assertEquals(way.replace(template(true).mark(), template(false).mark()), unproved(false));
  }

  private static String unproved(boolean byAgi) {
    String text = template(byAgi).fill("extensions.conf");
    return text.substring(text.indexOf("[latchkey-unproved]"));
  }

  @Test
  public void haproxyLeadsToThePortWithTheCertificateAndWaitsHalfASecond() {
    String text = template(true).fill("haproxy.cfg");
    String agi = text.substring(text.indexOf("# The dialplan's questions by FastAGI."));
    assertTrue(agi, agi.contains("\n    bind 127.0.0.1:8449\n"));
    assertTrue(agi, agi.contains("\n    server door 127.0.0.1:8448 maxconn 32\n"));
    assertTrue(agi, agi.contains("\n    timeout server 500ms\n"));
    assertTrue(agi, agi.contains("\n    retries 0\n"));
    assertTrue(
        agi,
        agi.contains(
            " ssl ca-file /c/ca.pem crt /c/client.pem verify required verifyhost pbx.example.org\n"));
  }

  @Test
  public void theOtherWayToAskIsAnotherMark() {
    assertNotEquals(template(true).mark(), template(false).mark());
  }

  @Test
  public void haproxyLeadsToTheDoorsHostWhereAgiAddressNamesNone() {
    for (String everywhere : List.of("0.0.0.0", "[::]")) {
      String text = template(agi(everywhere)).fill("haproxy.cfg");
      assertTrue(text, text.contains("\n    server door pbx.example.org:8448 maxconn 32\n"));
    }
    String text = template(agi("[2001:db8::1]")).fill("haproxy.cfg");
    assertTrue(text, text.contains("\n    server door [2001:db8::1]:8448 maxconn 32\n"));
  }

  @Test
  public void whoDoesNotSayTheWordGetsNoFurtherThanHaproxy() {
    String text = template(true).fill("haproxy.cfg");
    assertTrue(
        text,
        text.contains(
            """
                maxconn 500
                tcp-request inspect-delay 500ms
                tcp-request content accept if { req.payload(0,0) -m sub "agi_arg_1: w" }
                tcp-request content reject
            """));
  }

  @Test
  public void theSettingsAreAnAddressOfThisMachineAndOneOfTheLoopbackInterface() {
    AgiSettings good = new AgiSettings(true, "[2001:db8::1]:8448", "127.0.0.1:900");
    assertEquals(8448, good.port());
    assertEquals("/[2001:db8:0:0:0:0:0:1]:8448", good.socketAddress().toString());
    for (String bad :
        List.of(
            "", "8448", "pbx.example.org:8448", "127.0.0.1:70000", "127.0.0.1:0", "1.2.3.4:1\n")) {
      assertThrows(
          bad, IllegalArgumentException.class, () -> new AgiSettings(true, bad, "127.0.0.1:8449"));
      assertFalse(new AgiSettings(false, bad, "127.0.0.1:8449").on());
    }
    for (String bad : List.of("", "192.0.2.1:8449", "127.0.0.1:0", "127.0.0.1:70000")) {
      assertThrows(
          bad, IllegalArgumentException.class, () -> new AgiSettings(true, "127.0.0.1:8448", bad));
      assertFalse(new AgiSettings(false, "127.0.0.1:8448", bad).on());
    }
  }

  private static AgiSettings agi(String host) {
    return new AgiSettings(true, host + ":8448", "127.0.0.1:8449");
  }

  private static AsteriskTemplate template(boolean byAgi) {
    return template(new AgiSettings(byAgi, "127.0.0.1:8448", "127.0.0.1:8449"));
  }

  private static AsteriskTemplate template(AgiSettings agi) {
    return new AsteriskTemplate(
            Place.SITE,
            new AsteriskSettings(
                "127.0.0.1:5038",
                "127.0.0.1:8447",
                List.of("udp:127.0.0.1:5060"),
                Set.of(DigestAlgorithm.MD5),
                List.of("alaw"),
                "from-internal",
                "latchkey-permitted",
                List.of(),
                60,
                agi),
            new Destinations(
                PermittedDestinations.of(List.of("112=sip:112@t"), List.of(), List.of()).all(),
                List.of(),
                2,
                8))
        .with("DIRECTORY", "/c")
        .with("DOOR", "http://127.0.0.1:8447/asterisk/w")
        .with("DOOR_ADDRESS", "pbx.example.org:8444")
        .with("DOOR_HOST", "pbx.example.org")
        .with("DOOR_NAME", "pbx.example.org")
        .with("WORD", "w")
        .with("PATH", "/asterisk/w")
        .with("CA_FILE", "/c/ca.pem")
        .with("MANAGER_SECRET", "s");
  }
}
