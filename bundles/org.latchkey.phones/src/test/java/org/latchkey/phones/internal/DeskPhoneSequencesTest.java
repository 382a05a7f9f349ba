package org.latchkey.phones.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorRequest.Header;
import org.latchkey.key.DenialReason;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssueResult;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.latchkey.phone.PhoneProfile;

/** Phones fresh from the factory, whose provisioning URL holds a one-time code, at our door. */
public class DeskPhoneSequencesTest {

  private static final String CODE = "abcdefgh23456777";
  private static final String BASE = "https://localhost:8443/provision/";

  private final TestPhones.Agent agent = new TestPhones.Agent();
  private final List<PhoneProfile> profiles = TestPhones.deskProfiles(Map.of());
  private final ProvisioningDoor door =
      new ProvisioningDoor(profiles, agent, new TestPhones.Address());

  public DeskPhoneSequencesTest() {
    agent.answer = this::decided;
  }

  @Test
  public void everyPhoneEndsWithAFileThatHasItsCredentials() throws Exception {
    for (Sequences.Phone phone : Sequences.all()) {
      String before = "";
      boolean provisioned = false;
      for (Sequences.Step step : phone.steps()) {
        String what = phone.id() + ' ' + step.path();
        if (step.told()) {
          assertTrue(what + before, before.contains(BASE + phone.profile() + '/' + CODE + '/'));
        }
        DoorAnswer answer =
            ask(step, step.told() ? phone.profile() + '/' + CODE + '/' : CODE + '/');
        assertEquals(what, step.status(), answer.status());
        before = TestPhones.body(answer);
        if (step.keys()) {
          provisioned = true;
          has(phone, VendorFiles.parsed(phone.profile(), answer.body().copy()));
          assertEquals(what, "200 " + phone.profile() + ' ' + phone.mac(), heard());
        } else {
          TestPhones.hasNoSecret(what, before);
        }
      }
      assertTrue(phone.id(), provisioned);
    }
  }

  @Test
  public void thePhoneFetchesAgainWhereItsFileSays() throws Exception {
    for (Sequences.Phone phone : Sequences.all()) {
      for (Sequences.Step step : phone.steps()) {
        if (step.keys()) {
          agent.asked.clear();
          String login = phone.profile() + '/' + TestPhones.KEY + '/' + TestPhones.PASSWORD;
          assertTrue(phone.id(), TestPhones.body(ask(step, CODE + '/')).contains(login));
          DoorAnswer again = ask(step, login + '/');
          assertEquals(phone.id(), 200, again.status());
          assertTrue(
              agent.asked.get(1),
              agent
                  .asked
                  .get(1)
                  .contains("code - login " + TestPhones.KEY + ':' + TestPhones.PASSWORD));
          Sequences.Step disguised =
              new Sequences.Step(step.method(), step.path(), false, 200, true, "changed/1.0");
          assertEquals(
              phone.id() + ", named in the path, whatever it calls itself",
              TestPhones.body(again),
              TestPhones.body(ask(disguised, login + '/')));
        }
      }
    }
  }

  @Test
  public void withoutACodeOnlyFilesWithoutKeysAreServed() throws Exception {
    byte[] unknown = TestPhones.notFound(door);
    for (Sequences.Phone phone : Sequences.all()) {
      for (Sequences.Step step : phone.steps()) {
        DoorAnswer answer = ask(step, "");
        int expected = step.keys() ? 404 : step.status();
        assertEquals(phone.id() + step.path(), expected, answer.status());
        if (expected == 404) {
          assertArrayEquals(unknown, answer.body().copy());
          assertEquals(List.of(), answer.headers());
        }
      }
    }
    assertTrue(agent.issued.isEmpty());
  }

  @Test
  public void aBrowserThatGuessesAMacIsKnownToTheAgentAndGetsNothing() {
    DoorAnswer answer = get("805ec0000001.cfg", "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0");
    assertArrayEquals(TestPhones.notFound(door), answer.body().copy());
    assertTrue(agent.asked.get(0), agent.asked.get(0).contains("805ec0000001 Mozilla"));
  }

  @Test
  public void nobodyClimbsOutOfTheFolderOrGetsAnotherMakersFile() {
    String yealink = "Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:00:01";
    for (String path :
        List.of(
            "../805ec0000001.cfg",
            CODE + "/../805ec0000001.cfg",
            CODE + "/805ec0000001.cfg/x",
            CODE + "/805ec0000001.CFG",
            CODE + "/805ec000001.cfg",
            CODE + "/805ec0000001.xml",
            CODE + "/cfg805ec0000001.xml",
            CODE + "/805ec0000001-local.cfg",
            CODE + "/805ec0000001-user.cfg",
            "poly/" + CODE + "/805ec0000001.cfg",
            CODE + "/" + CODE + "/805ec0000001.cfg",
            "lkshort/password/805ec0000001.cfg")) {
      assertEquals(path, 404, get(path, yealink).status());
    }
    assertEquals(List.of(), agent.asked);
  }

  @Test
  public void everySpellingOfAMacIsTheSamePhone() throws Exception {
    for (Sequences.Phone phone : Sequences.all()) {
      for (Sequences.Step step : phone.steps()) {
        if (step.keys()) {
          for (String spelling : TestPhones.spellings(phone.mac())) {
            String path = step.path().replaceFirst("(?i)" + phone.mac(), spelling);
            DoorAnswer answer =
                ask(
                    new Sequences.Step("GET", path, false, 200, true, step.userAgent()),
                    CODE + '/');
            assertEquals(path, 200, answer.status());
            assertEquals(path, "200 " + phone.profile() + ' ' + phone.mac(), heard());
          }
        }
      }
    }
  }

  @Test
  public void everyFamilyMayFetchOurCertificateAndNobodyWhenThereIsNone() {
    DoorAnswer answer = get("yealink/ca.pem", "");
    assertEquals("the CA", TestPhones.body(answer));
    assertEquals("application/x-pem-file", answer.contentType());
    assertEquals("the CA", TestPhones.body(get(CODE + "/rootca.pem", "AVAYA/J179")));
    ProvisioningDoor own = new ProvisioningDoor(profiles, agent, new TestPhones.Address(""));
    assertEquals(404, own.answer(request("yealink/ca.pem", "")).status());
    assertFalse(
        TestPhones.body(own.answer(request("y000000000000.cfg", "Yealink SIP-T28P 2")))
            .contains("trusted_certificates.url"));
  }

  private IssueResult decided(KeyRequest request) {
    boolean known =
        request.code().filter(Secret.ofText(CODE)::matches).isPresent()
            || request
                .login()
                .filter(login -> login.password().matches(Secret.ofText(TestPhones.PASSWORD)))
                .isPresent();
    return known
        ? new IssueResult.Issued(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5))
        : new IssueResult.Denied(DenialReason.NO_CREDENTIAL);
  }

  /** The last thing that the agent heard: the profile and the device. */
  private String heard() {
    String last = agent.asked.get(agent.asked.size() - 1);
    List<String> words = new ArrayList<>(List.of(last.split(" ", -1)));
    return "200 " + words.get(0) + ' ' + words.get(8);
  }

  private static void has(Sequences.Phone phone, Map<String, String> file) {
    assertTrue(phone.id() + file.keySet(), file.containsValue(TestPhones.KEY));
    assertTrue(phone.id(), file.containsValue(TestPhones.SECRET));
    assertTrue(phone.id(), file.containsValue("1001"));
    assertEquals(
        phone.id(), Optional.of(TestPhones.KEY), TestPhones.credential(phone.profile(), file, 0));
    assertEquals(
        phone.id(),
        Optional.of(TestPhones.SECRET),
        TestPhones.credential(phone.profile(), file, 1));
  }

  private DoorAnswer ask(Sequences.Step step, String prefix) {
    String query = step.path().startsWith("?") ? step.path().substring(1) : "";
    String path = query.isEmpty() ? step.path() : "";
    return door.answer(
        new DoorRequest(
            step.method(),
            "/provision/" + prefix + path,
            query,
            List.of(new Header("User-Agent", step.userAgent())),
            Secret.ofText(""),
            TestPhones.request("GET", "/").source(),
            List.of()));
  }

  private DoorAnswer get(String path, String userAgent) {
    return door.answer(request(path, userAgent));
  }

  private static DoorRequest request(String path, String userAgent) {
    return TestPhones.request("GET", "/provision/" + path, new Header("User-Agent", userAgent));
  }
}
