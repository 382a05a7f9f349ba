package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.Site;

/** The files of devices with several lines, or with fewer than they had. */
public class FilesOfLinesTest {

  private static final Site SITE =
      new Site(URI.create("https://pbx.example.org/provision/"), "the CA");

  @Test
  public void everyLineHasItsOwnPlacesInEveryFamilyThatHasSeveral() throws Exception {
    for (PhoneProfile profile : TestPhones.deskProfiles(Map.of())) {
      int most = places(profile).size() > 1 ? 4 : 1;
      Map<String, String> one = file(profile, List.of(1), List.of());
      Map<String, String> all =
          file(profile, IntStream.rangeClosed(1, most).boxed().toList(), List.of());
      assertEquals(profile.name(), most, secrets(all));
      assertTrue(profile.name(), all.keySet().containsAll(one.keySet()));
      one.forEach((place, value) -> assertEquals(place, value, all.get(place)));
    }
  }

  @Test
  public void aDectBaseHasAsManyLinesAsItsFileCanName() throws Exception {
    for (String name : List.of("gigaset", "yealink", "cisco-mpp", "snom", "generic")) {
      PhoneProfile profile = TestPhones.profile(name, Map.of());
      List<Integer> twelve = IntStream.rangeClosed(1, 12).boxed().toList();
      assertEquals(name, 12, secrets(file(profile, twelve, List.of())));
      assertEquals(name, 255, places(profile).size());
    }
  }

  @Test
  public void aFamilySaysHowManyLinesItHasPlacesFor() {
    Map<String, Integer> most = new TreeMap<>();
    TestPhones.deskProfiles(Map.of())
        .forEach(profile -> most.put(profile.name(), places(profile).size()));
    assertEquals(Integer.valueOf(1), most.get("avaya"));
    assertEquals(Integer.valueOf(1), most.get("htek"));
    assertEquals(Integer.valueOf(4), most.get("grandstream"));
    assertEquals(Integer.valueOf(255), most.get("baresip"));
  }

  @Test
  public void aLineThatHasEndedIsSwitchedOffAndTheOthersStayAsTheyWere() throws Exception {
    Map<String, List<String>> marks =
        Map.of(
            "yealink", List.of("account.2.enable", "0", "account.2.password"),
            "poly",
                List.of(
                    "/polycomConfig/reg/@reg.2.server.1.register",
                    "0",
                    "/polycomConfig/reg/@reg.2.auth.password"),
            "cisco-mpp", List.of("/flat-profile/Line_Enable_2_", "No", "/flat-profile/Password_2_"),
            "grandstream", List.of("/gs_provision/config/P401", "0", "/gs_provision/config/P406"),
            "snom",
                List.of(
                    "/settings/phone-settings/user_active[2]",
                    "off",
                    "/settings/phone-settings/user_pass[2]"),
            "fanvil",
                List.of("/sysConf/sip/line[2]/EnableReg", "0", "/sysConf/sip/line[2]/RegisterPswd"),
            "gigaset",
                List.of(
                    "/provisioning/nvm/param[SipAccount.1.UserName]/@value",
                    "",
                    "/provisioning/nvm/param[SipAccount.1.AuthPassword]/@value"),
            "mitel", List.of("sip line2 user name", "", "sip line2 password"),
            "panasonic", List.of("SIP_URI_2", "", "SIP_PASS_2"),
            "generic", List.of("line.2.enabled", "0", "line.2.auth_password"));
    for (Map.Entry<String, List<String>> one : marks.entrySet()) {
      PhoneProfile profile = TestPhones.profile(one.getKey(), Map.of());
      Map<String, String> before = file(profile, List.of(1, 3), List.of());
      Map<String, String> file = file(profile, List.of(1, 3), List.of(2));
      assertEquals(one.getKey(), one.getValue().get(1), file.get(one.getValue().get(0)));
      assertEquals(one.getKey(), "", file.get(one.getValue().get(2)));
      before.forEach((place, value) -> assertEquals(place, value, file.get(place)));
    }
  }

  @Test
  public void withoutItsFirstLineTheFileIsTheSecondOnes() throws Exception {
    for (String name : List.of("yealink", "poly", "snom")) {
      PhoneProfile profile = TestPhones.profile(name, Map.of());
      Map<String, String> file = file(profile, List.of(2), List.of(1));
      assertEquals(name, 1, secrets(file));
      assertFalse(name, file.containsValue("1001"));
      assertTrue(name, file.toString().contains(TestPhones.PASSWORD));
    }
  }

  @Test
  public void aDeviceWithOneNameIsToldItInBothPlaces() throws Exception {
    PhoneProfile profile =
        TestPhones.profile(
            "generic", Map.of("generic.profile", "[settings]\nauthentication-name = none\n"));
    Map<String, String> file = file(profile, List.of(1, 2), List.of());
    for (int line = 1; line <= 2; line++) {
      String key = TestPhones.key("Anna", "100" + line, DigestAlgorithm.MD5, line).keyIdentifier();
      assertEquals("100" + line + '-' + key, file.get("line." + line + ".user_name"));
      assertEquals("100" + line + '-' + key, file.get("line." + line + ".auth_name"));
    }
  }

  private static List<Integer> places(PhoneProfile profile) {
    return profile.keyFile(Optional.of("805ec0000001")).orElseThrow().lines();
  }

  private static Map<String, String> file(
      PhoneProfile profile, List<Integer> lines, List<Integer> ended) throws Exception {
    FileRequest any = profile.keyFile(Optional.of("805ec0000001")).orElseThrow();
    List<Integer> all = new ArrayList<>(lines);
    all.addAll(ended);
    List<IssuedKey> keys =
        lines.stream()
            .map(line -> TestPhones.key("Anna", "100" + line, DigestAlgorithm.MD5, line))
            .toList();
    FileRequest request = Delivery.narrowed(any, Set.copyOf(all));
    return VendorFiles.parsed(profile.name(), profile.render(request, keys, SITE).body().copy());
  }

  private static int secrets(Map<String, String> file) {
    return (int) file.values().stream().filter(TestPhones.SECRET::equals).count();
  }
}
