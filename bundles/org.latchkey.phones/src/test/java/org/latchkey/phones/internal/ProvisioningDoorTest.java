package org.latchkey.phones.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Test;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest.Header;
import org.latchkey.key.DenialReason;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Secret;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;
import org.latchkey.status.StatusLine;

public class ProvisioningDoorTest {

  private static final String BY_CODE = "/provision/linphone/abcdefgh23456777.xml";

  private final TestPhones.Agent agent = new TestPhones.Agent();
  private final ProvisioningDoor door =
      new ProvisioningDoor(
          List.of(
              new DeskPhone(),
              new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.SHA_256, 600, false))),
          agent,
          new TestPhones.Address());

  @After
  public void noSecretIsLeftOpen() {
    for (IssuedKey key : agent.issued) {
      assertThrows(IllegalStateException.class, () -> key.secret().copy());
      assertThrows(IllegalStateException.class, () -> key.provisioningPassword().copy());
    }
    agent.credentials.forEach(
        given -> assertThrows(IllegalStateException.class, () -> given.copy()));
  }

  @Test
  public void aPhoneWithAGoodCodeGetsItsFile() {
    DoorAnswer answer = get(BY_CODE);
    assertEquals(200, answer.status());
    assertEquals("application/xml", answer.contentType());
    assertTrue(TestPhones.body(answer).contains(TestPhones.KEY));
    assertEquals(List.of("linphone line 1 SHA-256 code abcdefgh23456777 login - - "), agent.asked);
  }

  @Test
  public void headIsAnsweredLikeGet() {
    assertEquals(
        TestPhones.body(get(BY_CODE)),
        TestPhones.body(door.answer(TestPhones.request("HEAD", BY_CODE))));
  }

  @Test
  public void whateverElseIsUploadedOrPostedIsRefusedAndNobodyLooksAtIt() {
    for (String method : List.of("PUT", "POST", "DELETE", "PATCH", "OPTIONS", "get")) {
      DoorAnswer answer = door.answer(TestPhones.request(method, BY_CODE));
      assertEquals(405, answer.status());
      assertEquals(List.of(new Header("Allow", "GET, HEAD")), answer.headers());
    }
    assertEquals(List.of(), agent.asked);
  }

  @Test
  public void everybodyWithoutBusinessHereGetsTheSame404() {
    byte[] unknown = get("/provision/firmware.bin").body().copy();
    for (DenialReason reason : DenialReason.values()) {
      agent.answer = request -> new IssueResult.Denied(reason);
      DoorAnswer answer = get(BY_CODE);
      assertEquals(404, answer.status());
      assertEquals("text/plain", answer.contentType());
      assertEquals(List.of(), answer.headers());
      assertArrayEquals(unknown, answer.body().copy());
    }
    assertEquals(404, get("/provision/").status());
    assertEquals(404, get("/provision").status());
  }

  @Test
  public void theProvisioningLoginComesByHttpBasicOrInThePath() {
    door.answer(
        TestPhones.request(
            "GET",
            "/provision/805ec0000001.cfg",
            new Header("authorization", "basic " + base64("lkabc:pass:word")),
            new Header("User-Agent", "Desk 1")));
    assertEquals(
        "desk line 1 MD5 code - login lkabc:pass:word 805ec0000001 Desk 1", agent.asked.get(0));
    door.answer(
        TestPhones.request(
            "GET",
            "/provision/linphone/lkpath/inpath.xml",
            new Header("Authorization", "Basic " + base64("lkabc:password"))));
    assertEquals("linphone line 1 SHA-256 code - login lkpath:inpath - ", agent.asked.get(1));
  }

  @Test
  public void anAuthorizationThatCantBeReadIsNone() {
    for (String value :
        List.of(
            "",
            "Basic",
            "Basic ",
            "Basic %%%",
            "Digest x",
            "Basic " + base64("nocolon"),
            "Basic " + base64(":noname"),
            "Bearer " + base64("a:b"))) {
      agent.asked.clear();
      door.answer(
          TestPhones.request(
              "GET", "/provision/805ec0000001.cfg", new Header("Authorization", value)));
      assertTrue(value, agent.asked.get(0).contains("login - "));
    }
  }

  @Test
  public void aDeskPhoneOfTwoLinesGetsWhatItsDeviceHas() {
    assertEquals("keys 1 lines [1]", TestPhones.body(get("/provision/805ec0000001.cfg")));
    agent.answer =
        request -> {
          assertEquals(Set.of(1, 2), request.places());
          return new IssueResult.Issued(
              List.of(TestPhones.key("A", "1001", DigestAlgorithm.MD5)), List.of(2));
        };
    assertEquals("keys 1 lines [1, 2]", TestPhones.body(get("/provision/805ec0000001.cfg")));
    assertEquals("one question a file", 2, agent.asked.size());
    agent.answer = request -> new IssueResult.Denied(DenialReason.NO_CREDENTIAL);
    assertEquals(404, get("/provision/805ec0000001.cfg").status());
  }

  @Test
  public void aFileWithoutKeysNeedsNoAgentsWord() {
    assertEquals("keys 0 lines []", TestPhones.body(get("/provision/y000000000096.cfg")));
    assertEquals(List.of(), agent.asked);
  }

  @Test
  public void ourOwnFaultsAskThePhoneToComeAgain() {
    agent.answer = request -> new IssueResult.Unavailable("no store", Duration.ofSeconds(30));
    assertComeAgain("30", get(BY_CODE));
    agent.answer =
        request -> {
          throw new IllegalStateException("broken");
        };
    assertComeAgain("10", get(BY_CODE));
    assertComeAgain("10", get("/provision/broken.cfg"));
    List<PhoneProfile> profiles =
        List.of(new LinphoneProfile(new LinphoneSettings(DigestAlgorithm.MD5, 600, false)));
    TestPhones.Agent other = new TestPhones.Agent();
    assertComeAgain(
        "10",
        new ProvisioningDoor(profiles, other, null).answer(TestPhones.request("GET", BY_CODE)));
    assertComeAgain(
        "10",
        new ProvisioningDoor(profiles, null, new TestPhones.Address())
            .answer(TestPhones.request("GET", BY_CODE)));
    assertEquals(List.of(), other.asked);
  }

  @Test
  public void aProfileThatFailsToRecogniseIsNotInTheWayOfOthers() {
    assertEquals(404, get("/provision/throws").status());
    assertEquals(200, get(BY_CODE).status());
  }

  @Test
  public void theStatusNamesWhatIsMissing() {
    assertEquals(List.of(StatusLine.ok("Phone profiles: desk, linphone")), door.status());
    List<StatusLine> bare = new ProvisioningDoor(List.of(), null, null).status();
    assertEquals(3, bare.size());
    assertEquals(StatusLine.Level.FAULT, bare.get(0).level());
    assertFalse(bare.get(2).next().isEmpty());
  }

  private DoorAnswer get(String path) {
    return door.answer(TestPhones.request("GET", path));
  }

  private static void assertComeAgain(String seconds, DoorAnswer answer) {
    assertEquals(503, answer.status());
    assertEquals(List.of(new Header("Retry-After", seconds)), answer.headers());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A vendor's profile: two lines by MAC, a common file without keys, and its faults. */
  private static final class DeskPhone implements PhoneProfile {
    @Override
    public String name() {
      return "desk";
    }

    @Override
    public Traits traits() {
      return new Traits(
          DigestAlgorithm.MD5, IdentifierForm.SHORT, false, Optional.of("check-sync"));
    }

    @Override
    public Optional<FileRequest> recognise(ProvisioningRequest request) {
      return switch (request.path()) {
        case "805ec0000001.cfg" ->
            Optional.of(file("own", Optional.of("805ec0000001"), List.of(1, 2)));
        case "y000000000096.cfg" -> Optional.of(file("common", Optional.empty(), List.of()));
        case "broken.cfg" -> Optional.of(file("broken", Optional.empty(), List.of()));
        case "throws" -> throw new IllegalStateException("bad input");
        default -> Optional.empty();
      };
    }

    @Override
    public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site) {
      if (file.name().equals("broken")) {
        throw new IllegalStateException("no template");
      }
      assertEquals("https://localhost:8443/provision/", site.provisioning().toString());
      assertEquals("the CA", site.caPem());
      return new PhoneFile(
          "text/plain", Secret.ofText("keys " + keys.size() + " lines " + file.lines()));
    }

    private static FileRequest file(String name, Optional<String> device, List<Integer> lines) {
      return new FileRequest(name, device, Optional.empty(), Optional.empty(), lines);
    }
  }
}
