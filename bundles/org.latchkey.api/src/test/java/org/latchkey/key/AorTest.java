package org.latchkey.key;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.junit.Test;

public class AorTest {

  @Test
  public void aPercentEncodedUserIsDecodedUpToItsLastCharacter() {
    assertEquals(new Aor("112", "example.org"), sip("sip:%31%31%32@example.org"));
    assertEquals(new Aor("jürgen", "example.org"), sip("sip:j%C3%BCrgen@example.org"));
    assertEquals("a@b", sip("sip:a%40b@example.org").user());
  }

  @Test
  public void anEscapeThatIsCutShortOrNotHexadecimalIsRefused() {
    for (String user : new String[] {"1%", "1%3", "1%3g", "%zz", "%%31", "%-1", "%+1"}) {
      refused("sip:" + user + "@example.org");
    }
  }

  @Test
  public void escapedBytesThatAreNoUtf8AreRefused() {
    refused("sip:%ff@example.org");
    refused("sip:%c0%b1@example.org");
    refused("sip:%ed%a0%80@example.org");
  }

  @Test
  public void passwordAndParametersOfTheUserAreLeftOut() {
    assertEquals("1001", sip("sip:1001:secret@example.org").user());
    assertEquals("1001", sip("sip:1001;isub=7@example.org").user());
    assertEquals("1;1", sip("sip:1%3b1@example.org").user());
  }

  @Test
  public void theUserKeepsItsCaseAndPlusAndTheDomainIsInLowerCase() {
    assertEquals(new Aor("+49Zoe", "example.org"), sip("SIP:+49Zoe@Example.ORG"));
  }

  @Test
  public void portParametersAndHeadersAreNotPartOfTheDomain() {
    assertEquals("example.org", sip("sips:1@example.org:5061;user=phone?Subject=x").domain());
    assertEquals("example.org", sip("sip:1@example.org;transport=tcp").domain());
  }

  @Test
  public void anIpv6HostKeepsItsBrackets() {
    assertEquals("[2001:db8::1]", sip("sip:1@[2001:DB8::1]:5060").domain());
    assertEquals("[::1]", sip("sip:1@[::1]").domain());
    assertEquals("[::ffff:192.0.2.1]", sip("sip:1@[::ffff:192.0.2.1]").domain());
  }

  @Test
  public void aHostThatIsNoneIsRefused() {
    for (String host :
        new String[] {
          "",
          "[::1",
          "[]",
          "[::1]x",
          "[::1]:",
          "[g::1]",
          "::1",
          "a b",
          "a@b",
          "a%2eb",
          "münchen",
          "example.org:",
          "example.org:x",
          "example.org:5060x",
          "example.org>",
          "a[b]"
        }) {
      refused("sip:1@" + host);
    }
  }

  @Test
  public void aTelUriIsItsNumberWithoutVisualSeparators() {
    assertEquals(new Aor("+493012", "pbx.example.org"), tel("tel:+49-(30).12"));
    assertEquals("112", tel("tel:112;phone-context=example.org").user());
    assertEquals("112", tel("TEL:%31%31%32").user());
  }

  @Test
  public void aUriWithoutUserOrOfAnotherSchemeIsRefused() {
    for (String uri :
        new String[] {
          "", "sip:", "sip:@example.org", "sip::pw@example.org", "sip:;x=y@example.org", "sip:112",
          "tel:", "tel:;phone-context=x", "tel:---", "1001", "1001@example.org", "http://a@b",
          "urn:service:sos", "<sip:1001@example.org>", " sip:1001@example.org"
        }) {
      refused(uri);
    }
  }

  @Test
  public void controlCharactersLineBreaksAndHalfSurrogatesAreRefused() {
    for (String user :
        new String[] {"1\r\n", "1\u0000", "1\u007f", "1\u0085", "1\u2028", "\ud83d"}) {
      assertThrows(IllegalArgumentException.class, () -> new Aor(user, "example.org"));
    }
    refused("sip:1%0d%0a@example.org");
    refused("sip:1%00@example.org");
  }

  @Test
  public void aUserOfMoreThan255BytesIsRefusedAndAVeryLongOneDoesNoHarm() {
    assertEquals(255, new Aor("1".repeat(255), "example.org").user().length());
    assertThrows(IllegalArgumentException.class, () -> new Aor("ü".repeat(128), "example.org"));
    refused("sip:" + "%31".repeat(100_000) + "@example.org");
    refused("sip:1@" + "a".repeat(100_000));
    refused("tel:" + "1-".repeat(100_000));
  }

  @Test
  public void aUriMadeOfAnAorIsReadBackAsTheSameAor() {
    for (String user :
        new String[] {
          "1001",
          "+49(30)12",
          "a@b",
          "a;b",
          "a:b?c#d",
          "%31",
          "jürgen \"J\" <x>",
          "a\\b",
          "😀",
          "*21#"
        }) {
      Aor aor = new Aor(user, "[::1]");
      assertEquals(aor, sip(aor.toUri()));
    }
    assertEquals("sip:1001@example.org", new Aor("1001", "example.org").toUri());
    assertEquals("sip:a%40b%3Bc@h", new Aor("a@b;c", "h").toUri());
  }

  @Test
  public void theOneNameOfADeviceIsItsExtension() {
    Aor extension = new Aor("1001", "example.org");
    for (String key : List.of("k0123456789abcdefghjkmnpqrstvwxy", "j0123456789abcdefghj")) {
      Aor device = new Aor(extension.joinedWith(key), "example.org");
      assertEquals(extension, device.withoutKeyIdentifier());
      assertEquals(extension, extension.withoutKeyIdentifier());
      Aor twice = new Aor(device.joinedWith(key), "example.org");
      assertEquals("once", device, twice.withoutKeyIdentifier());
    }
  }

  @Test
  public void whatOnlyLooksLikeAOneNameStaysWhatItIs() {
    for (String user :
        List.of(
            "1001-kitchen",
            "unassigned-805ec0000001",
            "-k0123456789abcdefghjkmnpqrstvwxy",
            "1001-K0123456789abcdefghjkmnpqrstvwxy",
            "1001-k0123456789abcdefghijkmnpqrstvwx",
            "1001-k0123456789abcdefghjkmnpqrstvwx",
            "1001k0123456789abcdefghjkmnpqrstvwxy")) {
      Aor aor = new Aor(user, "example.org");
      assertEquals(aor, aor.withoutKeyIdentifier());
    }
  }

  private static Aor sip(String uri) {
    return Aor.ofUri(uri, "tel.example.org");
  }

  private static Aor tel(String uri) {
    return Aor.ofUri(uri, "PBX.example.org");
  }

  private static void refused(String uri) {
    assertThrows(uri, IllegalArgumentException.class, () -> sip(uri));
  }
}
