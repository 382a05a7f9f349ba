package org.latchkey.phones.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Registrar;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;

public class FilePreviewTest {

  private static final String MASK = "*".repeat(26);
  private static final Registrar REGISTRAR = new Registrar("pbx.example.org", 5060, 5061, 5071);

  private final List<PhoneProfile> profiles = new ArrayList<>(TestPhones.deskProfiles(Map.of()));
  private final FilePreview previews = new FilePreview(profiles, new TestPhones.Address());

  @Test
  public void everyFamilysFileIsShownWithItsSecretsMasked() throws Exception {
    for (PhoneProfile profile : profiles) {
      PhoneFile file =
          previews.preview(List.of(record(profile.name(), 1)), REGISTRAR).orElseThrow();
      Map<String, String> parsed = VendorFiles.parsed(profile.name(), file.body().copy());
      assertEquals(
          profile.name(), Optional.of(MASK), TestPhones.credential(profile.name(), parsed, 1));
      assertEquals(Optional.of(TestPhones.KEY), TestPhones.credential(profile.name(), parsed, 0));
    }
  }

  @Test
  public void aMenuOfDigitsIsMaskedToo() throws Exception {
    assertEquals(MASK, shown("mitel", 1).get("admin password"));
  }

  @Test
  public void everyLineOfAPhoneIsInItsFile() throws Exception {
    Map<String, String> yealink = shown("yealink", 2);
    assertEquals("Anna", yealink.get("account.2.label"));
    assertEquals(MASK, yealink.get("account.2.password"));
    assertEquals("1", yealink.get("static.auto_provision.power_on"));
    assertEquals(MASK, shown("grandstream", 2).get("/gs_provision/config/P406"));
    assertEquals(
        MASK, shown("gigaset", 2).get("/provisioning/nvm/param[SipAccount.1.AuthPassword]/@value"));
    assertEquals(MASK, shown("baresip", 2).get("2/auth_pass"));
    assertEquals(MASK, shown("snom", 2).get("/settings/phone-settings/user_pass[2]"));
    assertEquals(
        "a line that the family has no place for is left out",
        shown("htek", 1).keySet(),
        shown("htek", 2).keySet());
  }

  @Test
  public void linphoneIsShownTooAndNobodyElse() {
    profiles.add(new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.SHA_256, 600, false)));
    FilePreview all = new FilePreview(profiles, new TestPhones.Address());
    String text =
        new String(
            all.preview(List.of(record("linphone", 1)), REGISTRAR).orElseThrow().body().copy(),
            US_ASCII);
    assertTrue(text, text.contains(MASK + ".xml"));
    assertEquals(Optional.empty(), all.preview(List.of(record("json", 1)), REGISTRAR));
    assertEquals(Optional.empty(), all.preview(List.of(), REGISTRAR));
  }

  @Test
  public void aMenuOfDigitsTakesNineOfThem() {
    PhoneProfile mitel = TestPhones.profile("mitel", Map.of());
    try (IssuedKey key = TestPhones.key("Anna", "1001", DigestAlgorithm.MD5)) {
      String digits = new String(mitel.menuPassword(key.maintenancePassword()).copy(), US_ASCII);
      assertTrue(digits, digits.matches("[1-9][0-9]{8}"));
      assertEquals(
          "as derived elsewhere",
          TestPhones.MENU,
          new String(
              TestPhones.profile("snom", Map.of()).menuPassword(key.maintenancePassword()).copy(),
              US_ASCII));
    }
  }

  private Map<String, String> shown(String profile, int lines) throws Exception {
    List<KeyRecord> keys = new ArrayList<>();
    for (int line = 1; line <= lines; line++) {
      keys.add(record(profile, line));
    }
    return VendorFiles.parsed(
        profile, previews.preview(keys, REGISTRAR).orElseThrow().body().copy());
  }

  private static KeyRecord record(String profile, int line) {
    KeyRecord base = TestPhones.key("Anna", "1001", DigestAlgorithm.MD5).record();
    return new KeyRecord(
        base.keyIdentifier(),
        base.generation(),
        new Aor("1001", "localhost"),
        base.realm(),
        Optional.of("805ec0000001"),
        line,
        base.least(),
        profile,
        base.displayName(),
        base.enrolment(),
        0,
        base.issuedAt(),
        Optional.empty(),
        Optional.empty());
  }
}
