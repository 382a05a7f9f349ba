package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.Site;

/** Whatever a line is called, its file has the same places, and the secrets stand in theirs. */
public class HostileNamesTest {

  private static final Site SITE =
      new Site(URI.create("https://localhost:8443/provision/"), "-----BEGIN\nCERT-----\n");

  private static final List<String> NAMES =
      List.of(
          "\" admin.password = \"",
          "Anna\"\nSET ADMIN_PASSWORD \"0",
          "Anna\r\naccount.1.password = x\r\n",
          "x: y\nadmin password: 1",
          "</user_realname></settings><!-- ",
          "<![CDATA[x]]>&amp;&#10;&lt;",
          "' @evil='1' \" evil=\"1",
          "%NULL% $MA {secret} {{ }} ${secret} #{x}",
          "> ;auth_pass=x;auth_user=y <sip:evil@example.org",
          "# remark ; remark \\",
          "a\u0000b\u0001c\u000bd\u0085e\u2028f\u2029g\uffffh\ud83d",
          "😀 ünï 漢字 \u202e",
          "x".repeat(64 * 1024),
          "\n".repeat(64 * 1024),
          "\"".repeat(100),
          " ",
          "=",
          "-");

  @Test
  public void noNameLeavesItsPlaceInAnyFormat() throws Exception {
    for (PhoneProfile profile : TestPhones.deskProfiles(Map.of())) {
      Map<String, String> honest = parsed(profile, TestPhones.key("Anna", "1001", MD5));
      List<String> namePlaces =
          honest.entrySet().stream()
              .filter(one -> one.getValue().equals("Anna"))
              .map(Map.Entry::getKey)
              .toList();
      assertFalse(profile.name(), namePlaces.isEmpty());
      for (String name : NAMES) {
        Map<String, String> file = parsed(profile, TestPhones.key(name, "1001", MD5));
        assertEquals(profile.name() + name, honest.keySet(), file.keySet());
        assertEquals(profile.name() + name, without(namePlaces, honest), without(namePlaces, file));
        for (String place : namePlaces) {
          String shown = file.getOrDefault(place, "");
          assertTrue(profile.name() + shown, shown.codePointCount(0, shown.length()) <= 64);
          assertFalse(profile.name() + shown, shown.chars().anyMatch(Character::isISOControl));
        }
      }
    }
  }

  @Test
  public void noLineOfASiteLeavesItsPlaceEither() throws Exception {
    for (String place :
        List.of(
            "avaya NOTE",
            "panasonic NOTE",
            "yealink note",
            "mitel note",
            "snom phone-settings/note",
            "poly reg/@note",
            "baresip note")) {
      String family = place.substring(0, place.indexOf(' '));
      String line = place.substring(place.indexOf(' ') + 1);
      PhoneProfile plain = TestPhones.profile(family, Map.of());
      PhoneProfile own =
          TestPhones.profile(
              family,
              Map.of(
                  family + ".profile",
                  "[content %s]\n%s = a\" b=\"c\" <d> & '\u2028e\n"
                      .formatted(family.equals("baresip") ? "accounts" : "device", line)));
      assertEquals(
          family,
          parsed(plain, TestPhones.key("Anna", "1001", MD5)).size() + 1,
          parsed(own, TestPhones.key("Anna", "1001", MD5)).size());
    }
  }

  @Test
  public void noUserLeavesItsPlaceAndItStaysTheUserOfItsUri() throws Exception {
    String hostile = "10<01>\"& ;#\\x'";
    for (PhoneProfile profile : TestPhones.deskProfiles(Map.of())) {
      Map<String, String> honest = parsed(profile, TestPhones.key("Anna", "1001", MD5));
      Map<String, String> file = parsed(profile, TestPhones.key("Anna", hostile, MD5));
      assertEquals(profile.name(), honest.keySet(), file.keySet());
      assertTrue(
          profile.name(),
          file.values().stream().anyMatch(value -> value.contains("10%3C01%3E%22&%20%3B%23%5Cx'")));
    }
  }

  @Test
  public void ordinaryNamesArriveAsTheyAre() throws Exception {
    for (PhoneProfile profile : TestPhones.deskProfiles(Map.of())) {
      for (String name : List.of("Anna", "Zoë Müller", "漢字", "O-2 (Tür) 1.OG, links")) {
        assertTrue(
            profile.name() + name,
            parsed(profile, TestPhones.key(name, "1001", MD5)).containsValue(name));
      }
      assertTrue(
          "without a name it is its user",
          parsed(profile, TestPhones.key(null, "1001", MD5)).containsValue("1001"));
    }
    PhoneProfile snom = TestPhones.profile("snom", Map.of());
    assertTrue(
        "XML can say everything",
        parsed(snom, TestPhones.key("<\"Tom\" & 'Jo' #1 50%>", "1001", MD5))
            .containsValue("<\"Tom\" & 'Jo' #1 50%>"));
  }

  @Test
  public void aCertificateOfManyLinesStaysOneValue() throws Exception {
    for (String profile : List.of("poly", "grandstream")) {
      assertTrue(
          parsed(TestPhones.profile(profile, Map.of()), TestPhones.key("Anna", "1001", MD5))
              .containsValue(SITE.caPem()));
    }
  }

  private static final DigestAlgorithm MD5 = DigestAlgorithm.MD5;

  private static Map<String, String> without(List<String> places, Map<String, String> file) {
    return file.entrySet().stream()
        .filter(one -> !places.contains(one.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, String> parsed(PhoneProfile profile, IssuedKey key) throws Exception {
    FileRequest request = profile.keyFile(Optional.of("805ec0000001")).orElseThrow();
    PhoneFile file = profile.render(request, List.of(key), SITE);
    return VendorFiles.parsed(profile.name(), file.body().copy());
  }
}
