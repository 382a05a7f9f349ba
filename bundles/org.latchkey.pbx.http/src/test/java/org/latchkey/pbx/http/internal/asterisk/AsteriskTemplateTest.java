package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.pbx.http.internal.kamailio.Destinations;

/** Asterisk's configuration holds what the settings say, and no setting can break out of it. */
public class AsteriskTemplateTest {

  private static final List<String> FILES =
      List.of(
          "extconfig.conf",
          "extensions.conf",
          "manager.conf",
          "modules.conf",
          "pjsip-global.conf",
          "pjsip.conf",
          "res_curl.conf",
          "sorcery.conf",
          "haproxy.cfg",
          "latchkey-haproxy.service");

  @Test
  public void everyPlaceIsFilledForBothVersions() {
    for (String version : List.of("16", "22")) {
      for (String file : FILES) {
        String text = template("112=sip:112@trunk.example.org").version(version).fill(file);
        assertFalse(file, text.matches("(?s).*@[A-Z0-9_]+@.*"));
      }
    }
  }

  @Test
  public void emergencyIsInTheFileAndAsksNobody() {
    String text =
        template("112=sip:112@t.example.org;transport=tcp, 9.9=sip:9@t").fill("extensions.conf");
    String permitted =
        text.substring(text.indexOf("[latchkey-permitted]"), text.indexOf("[latchkey-told]"));
    assertTrue(permitted.contains("Dial(PJSIP/latchkey-permitted/latchkey-to-1,120)"));
    assertFalse("no URI, which would be looked for", permitted.contains("/sip:"));
    String pjsip =
        template("112=sip:112@t.example.org;transport=tcp").version("22").fill("pjsip.conf");
    assertTrue(
        pjsip.contains(
            "[latchkey-to-1]\ntype = aor\ncontact = sip:112@t.example.org\\;transport=tcp\n"));
    assertFalse(permitted.contains("CURL"));
    String unproved =
        text.substring(text.indexOf("[latchkey-unproved]"), text.indexOf("[latchkey-permitted]"));
    assertFalse(unproved.contains("CURL"));
    assertTrue(unproved.contains("exten => 112,1,"));
    assertTrue(
        "10.0.0.0/8 as numbers",
        unproved.contains(">= 167772160 & ${LATCHKEY_ADDRESS_NUMBER} < 184549376]?known)"));
    String phones = text.substring(text.indexOf("[latchkey]"), text.indexOf("[latchkey-ring]"));
    assertTrue(phones.indexOf("exten => 112,1,") < phones.indexOf("exten => _.,1,"));
  }

  @Test
  public void eachVersionGetsWhatItKnows() {
    AsteriskTemplate template = template("112=sip:112@t, 9.9=sip:9@t");
    template.version("22");
    assertTrue(template.fill("pjsip.conf").contains("match_request_uri = /^sips?:(112|9[.]9)@/\n"));
    assertTrue(template.fill("pjsip-global.conf").contains("default_auth_algorithms_uas = MD5\n"));
    template.version("16");
    assertTrue(template.fill("pjsip.conf").contains("match_header = To: /sips?:(112|9[.]9)@/\n"));
    assertFalse(template.fill("pjsip-global.conf").contains("default_auth_algorithms_uas"));
    assertFalse(template.fill("pjsip-global.conf").contains("request_uri"));
  }

  @Test
  public void whoIsToProveHimselfDialsWhereBothVersionsChallenge() {
    AsteriskTemplate template = template("112=sip:112@t, #9=sip:9@t");
    String text = template.fill("extensions.conf");
    assertTrue(text.contains("Transfer(PJSIP/${CUT(LATCHKEY_URI,:,1)}:prove.112@"));
    assertTrue(text.contains(":prove.%239@"));
    assertTrue(text.contains("exten => prove.112,1,Goto(latchkey,112,1)\n"));
    String ring = text.substring(text.indexOf("[latchkey-ring]"), text.indexOf("[latchkey-ask]"));
    assertTrue(
        "not an endpoint that needs no password",
        ring.contains("${LEN(${PJSIP_ENDPOINT(${CHANNEL(endpoint)},auth)})} > 0]?latchkey,112,1)"));
    for (String version : List.of("16", "22")) {
      Matcher match =
          Pattern.compile("match_[a-z_]+ = (?:To: )?/(.*)/\n")
              .matcher(template.version(version).fill("pjsip.conf"));
      assertTrue(match.find());
      Pattern unchallenged = Pattern.compile(match.group(1));
      assertTrue(unchallenged.matcher("sip:112@pbx.example.org").find());
      assertFalse(unchallenged.matcher("sip:prove.112@pbx.example.org").find());
    }
  }

  @Test
  public void credentialsOutliveTheEndpointByAMinuteAndNoMore() {
    String text = template("112=sip:112@t").fill("sorcery.conf");
    assertTrue(text, text.contains("\nendpoint/cache = memory_cache,object_lifetime_maximum=60,"));
    assertTrue(text, text.contains("\nauth/cache = memory_cache,object_lifetime_maximum=120,"));
  }

  @Test
  public void aPhoneWhoseContactMeansSomethingToDialIsRungByItsEndpointAndAnyOthersAreLogged() {
    String text = part("[latchkey-done]", "[latchkey-unproved]");
    String odd = text.substring(text.indexOf("FILTER("), text.indexOf("n(left),"));
    assertTrue("noted", odd.contains("${LEN(${LATCHKEY_URI})} = 0]?left)\n"));
    String all = text.substring(text.indexOf("n(all),"));
    assertTrue(
        all,
        all.startsWith(
            """
            n(all),GotoIf($[${LEN(${LATCHKEY_PHONES})} > 0]?some)
             same => n,ExecIf($[${LATCHKEY_LEFT} = 0]?Hangup(20))
             same => n,Set(LATCHKEY_PHONES=&PJSIP/${LATCHKEY_WHERE})
             same => n,Set(LATCHKEY_LEFT=$[${LATCHKEY_LEFT} - 1])
             same => n(some),ExecIf($[${LATCHKEY_LEFT} > 0]?Log(WARNING,"""));
    assertTrue(all.indexOf("Log(WARNING,") < all.indexOf("Dial(${LATCHKEY_PHONES:1},120)"));
  }

  @Test
  public void aLineHasItsPlacesByTheAorThatIsRegisteredAndIsSearchedForWithoutWildcards() {
    String text = part("[latchkey-bounds]", "[latchkey-permitted]");
    assertTrue(
        text,
        text.contains(
            """
             same => n,Set(LATCHKEY_LINE=${CUT(LATCHKEY_FROM,@,1)})
             same => n,Gosub(latchkey-there,s,1(${LATCHKEY_LINE}))
            """));
    assertTrue(text.contains("n(line),Set(LATCHKEY_LINE=${MD5(${LATCHKEY_LINE})})\n"));
    Matcher filter = Pattern.compile("FILTER\\(([^,]+),\\$\\{LATCHKEY_FROM}").matcher(text);
    assertTrue(filter.find());
    assertFalse(filter.group(1), filter.group(1).matches(".*[_%].*"));
  }

  private static String part(String from, String to) {
    String text = template("112=sip:112@t").fill("extensions.conf");
    return text.substring(text.indexOf(from), text.indexOf(to));
  }

  @Test
  public void aDestinationThatAsteriskCantHaveIsNamedAndUrnsAreLeftOut() {
    for (String bad : List.of("1,2=sip:1@t", "112=sip:112@t;x=y", "112=sip:1(2)@t", "_X=sip:1@t")) {
      assertThrows(bad, IllegalArgumentException.class, () -> template(bad));
    }
    assertFalse(
        template("112=sip:112@t, urn:service:sos=sip:112@t")
            .fill("extensions.conf")
            .contains("urn:"));
  }

  @Test
  public void haproxyShowsTheCertificateChecksTheDoorsAndFailsAtOnceAfterOneQuestion() {
    String text = template("112=sip:112@t").fill("haproxy.cfg");
    assertTrue(text, text.contains("\n    bind 127.0.0.1:8447\n"));
    assertTrue(
        text,
        text.contains(
            "ssl ca-file /etc/asterisk/latchkey/ca.pem crt /etc/asterisk/latchkey/client.pem verify required verifyhost pbx.example.org\n"));
    assertTrue(text, text.contains("\n    server door pbx.example.org:8444 check maxconn 32\n"));
    assertTrue(text, text.contains(" observe layer7 error-limit 1 on-error mark-down "));
    assertTrue(text, text.contains(" on-marked-down shutdown-sessions\n"));
    assertTrue(text, text.contains(" uri /asterisk/w/22/ps_aors/multi "));
    assertTrue(
        "nothing else of the door",
        text.contains("\n    http-request return status 503 unless { path_beg /asterisk/w/ }\n"));
    for (String status : List.of("400", "408", "500", "502", "503", "504")) {
      assertTrue("no body with " + status, text.contains("http-error status " + status + "\n"));
    }
  }

  @Test
  public void anotherEmergencyNumberIsAnotherMark() {
    assertEquals(template("112=sip:112@t").mark(), template("112=sip:112@t").mark());
    assertNotEquals(template("112=sip:112@t").mark(), template("112=sip:113@t").mark());
  }

  private static AsteriskTemplate template(String emergency) {
    return new AsteriskTemplate(
            Place.SITE,
            Place.settings("MD5"),
            new Destinations(
                PermittedDestinations.of(List.of(emergency), List.of(), List.of()).all(),
                List.of("10.0.0.0/8", "::1"),
                2,
                8))
        .with("DIRECTORY", "/etc/asterisk/latchkey")
        .with("DOOR", "http://127.0.0.1:8447/asterisk/w")
        .with("DOOR_ADDRESS", "pbx.example.org:8444")
        .with("DOOR_NAME", "pbx.example.org")
        .with("PATH", "/asterisk/w")
        .with("CA_FILE", "/etc/asterisk/latchkey/ca.pem")
        .with("MANAGER_SECRET", "s");
  }
}
