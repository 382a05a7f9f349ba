package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.registration.AuthenticationResult;

/**
 * What attackers and broken phones send. Each case is the good answer to a challenge with one thing
 * changed; all look the same on the wire. Where a case comes from an advisory, its name is given.
 */
public class BadInputTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private Phone phone;

  @Before
  public void openOffice() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
    phone = office.phone();
  }

  private String changed(UnaryOperator<String> change) {
    office.clock.pass(Duration.ofMinutes(10)); // or it would count as a phone in a loop
    String nonce = Office.nonce(office.ask(phone.knock()));
    String good = phone.authorization(nonce);
    AuthenticationResult result = office.ask(phone.answer(nonce, change));
    assertTrue("the change changes nothing", !good.equals(change.apply(good)));
    assertEquals(Office.wire(office.ask(phone.knock())), Office.wire(result));
    return Office.words(result);
  }

  private void refusesEach(String reason, Map<String, UnaryOperator<String>> cases) {
    cases.forEach((words, change) -> assertEquals(words, reason, changed(change)));
  }

  @Test
  public void malformedHeadersAreRefused() {
    Map<String, UnaryOperator<String>> cases = new LinkedHashMap<>();
    cases.put("nothing but the scheme", h -> "Digest");
    cases.put("a parameter without value", h -> h + ", opaque");
    cases.put("an empty element", h -> h.replace(", nc", ", , nc"));
    cases.put("a comma at the end", h -> h + ",");
    cases.put("no commas", h -> h.replace(",", ""));
    cases.put("a quote that does not end", h -> h + ", opaque=\"x");
    cases.put("a backslash at the end", h -> h + ", opaque=\"x\\");
    cases.put("a control character", h -> h.replace("cnonce=\"", "cnonce=\"\u0001"));
    cases.put("a control character in a name", h -> h.replace("cnonce=", "cnonce\u0001="));
    cases.put("a NUL in the user name", h -> h.replace("username=\"", "username=\"\u0000"));
    cases.put("a line break in a value", h -> h.replace("cnonce=\"", "cnonce=\"\r\nX: y"));
    cases.put("a bare line feed", h -> h.replace(", nc", ",\nnc"));
    cases.put("a parameter twice", h -> h + ", realm=\"latchkey\"");
    cases.put("a parameter twice in capitals", h -> h + ", NC=00000002");
    cases.put("an unknown parameter twice", h -> h + ", foo=1, Foo=2");
    cases.put("33 parameters", h -> h + many(24));
    cases.put("a header of 9000 bytes", h -> h + ", opaque=\"" + "x".repeat(9000) + "\"");
    cases.put("user name without quotes", h -> h.replaceAll("username=\"(\\w+)\"", "username=$1"));
    cases.put("nc in quotes", h -> h.replace("nc=00000001", "nc=\"00000001\""));
    cases.put("no realm", h -> h.replace("realm=\"latchkey\", ", ""));
    refusesEach("MALFORMED", cases);
  }

  private static String many(int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(", p").append(i).append("=v");
    }
    return all.toString();
  }

  @Test
  public void missingParametersAreRefused() {
    for (String name : List.of("username", "nonce", "uri", "response", "cnonce", "nc", "qop")) {
      String pattern = "[ ,]" + name + "=(\"[^\"]*\"|[^ ,]*),?";
      assertEquals("MALFORMED", changed(h -> h.replaceFirst(pattern, " ")));
      if (!name.equals("nc") && !name.equals("qop")) {
        assertEquals(
            "MALFORMED", changed(h -> h.replaceFirst("([ ,]" + name + ")=\"[^\"]*\"", "$1=\"\"")));
      }
    }
  }

  @Test
  public void responsesOfAnotherLengthThanTheAlgorithmsAreRefused() {
    // CVE-2022-24754 and its kin: a length that the receiver takes on trust.
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      phone.algorithm = algorithm;
      for (int length : List.of(1, 31, 32, 33, 63, 64, 65, 500)) {
        if (length != algorithm.hexLength()) {
          String wrong = "response=\"" + "a".repeat(length) + '"';
          assertEquals(
              algorithm + " " + length,
              "MALFORMED",
              changed(h -> h.replaceFirst("response=\"[^\"]*\"", wrong)));
        }
      }
      String noHex = "response=\"" + "g".repeat(algorithm.hexLength()) + '"';
      assertEquals("MALFORMED", changed(h -> h.replaceFirst("response=\"[^\"]*\"", noHex)));
    }
  }

  @Test
  public void countsThatAreNotEightHexDigitsAreRefused() {
    for (String nc :
        List.of("1", "0000001", "000000001", "0000000g", "-0000001", "0x000001", "00000000")) {
      assertEquals(nc, "MALFORMED", changed(h -> h.replace("nc=00000001", "nc=" + nc)));
    }
  }

  @Test
  public void qopIsAuthAndNothingElse() {
    for (String qop : List.of("auth-int", "\"auth,auth-int\"", "\"\"", "au", "authh")) {
      assertEquals(qop, "MALFORMED", changed(h -> h.replace("qop=auth", "qop=" + qop)));
    }
  }

  @Test
  public void onlyTheAlgorithmOfTheChallengeIsTaken() {
    for (String other : List.of("MD5-sess", "SHA-256", "SHA-512-256", "SHA-256-sess", "MD4")) {
      assertEquals(
          other, "NOT_OFFERED", changed(h -> h.replace("algorithm=MD5", "algorithm=" + other)));
    }
    phone.algorithm = DigestAlgorithm.SHA_256;
    assertEquals("NOT_OFFERED", changed(h -> h.replace(", algorithm=SHA-256", "")));
    assertEquals("NOT_OFFERED", changed(h -> h.replace("SHA-256", "MD5")));
  }

  @Test
  public void credentialsForAnotherUriOrMethodAreRefused() {
    // CVE-2007-5468: a digest over another uri than the one of the request.
    for (String uri :
        List.of("sip:other.org", "sips:example.org", "sip:example.org:5060", "sip:u@example.org")) {
      phone.uri = uri;
      String nonce = Office.nonce(office.ask(phone.knock()));
      assertEquals(uri, "OTHER_URI", Office.words(office.ask(phone.answer(nonce))));
    }
    phone.uri = "sip:example.org";
    phone.method = "INVITE";
    String nonce = Office.nonce(office.ask(phone.knock()));
    String ofInvite = phone.authorization(nonce);
    phone.method = "REGISTER";
    assertEquals("WRONG_SECRET", Office.words(office.ask(phone.answer(nonce, h -> ofInvite))));
  }

  @Test
  public void behindARewritingProxyTheSettingAllowsAnotherUri() {
    office.settings =
        new AuthenticatorSettings(office.settings.nonceLifetime(), 100_000, false, true);
    office.restart();
    phone.uri = "sip:inner.example.org";
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void anyBitOfTheNonceCounts() {
    String nonce = Office.nonce(office.ask(phone.knock()));
    for (int i = 0; i < nonce.length(); i++) {
      char other = nonce.charAt(i) == 'A' ? 'B' : 'A';
      String forged = nonce.substring(0, i) + other + nonce.substring(i + 1);
      assertEquals("FORGED_NONCE", Office.words(office.ask(phone.answer(forged))));
    }
    for (String forged : List.of("x", nonce + "A", nonce.substring(1), nonce + "=", "é", "+/+/")) {
      assertEquals("FORGED_NONCE", Office.words(office.ask(phone.answer(forged))));
    }
  }

  @Test
  public void aForeignOrEmptyRealmIsNoCredentialAtAll() {
    // GHSA-64qc-9x89-rx5j: credentials for a realm that was never challenged for.
    for (String realm : List.of("elsewhere", "LATCHKEY", "latchkey ", "latch", "latchkeys")) {
      assertEquals(
          realm,
          "challenged",
          changed(h -> h.replace("realm=\"latchkey\"", "realm=\"" + realm + '"')));
    }
    assertEquals("MALFORMED", changed(h -> h.replace("realm=\"latchkey\"", "realm=\"\"")));
  }

  @Test
  public void otherSchemesAreNoCredentialsForUs() {
    for (String header : List.of("Basic dTpw", "Bearer abc", "", " ", ",", "Digestx a=b", "é")) {
      assertEquals("challenged", changed(h -> header));
    }
  }

  @Test
  public void hundredsOfHeadersAreRefusedAtOnce() {
    assertEquals(
        "MALFORMED",
        Office.words(
            office.ask(
                phone
                    .builder()
                    .authorizations(Collections.nCopies(10_000, "Digest realm=\"x\""))
                    .build())));
  }

  @Test
  public void longFieldsOfTheRequestHarmNothing() {
    String huge = "x".repeat(1 << 16);
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals(
        "accepted",
        Office.words(
            office.ask(
                phone
                    .builder()
                    .callId(huge)
                    .branch("")
                    .contact(huge)
                    .authorizations(List.of(phone.authorization(nonce)))
                    .build())));
  }
}
