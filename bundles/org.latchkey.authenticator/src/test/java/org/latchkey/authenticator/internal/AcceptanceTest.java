package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.SipAnswer;

/** A phone with its own key is challenged, answers, and is accepted. */
public class AcceptanceTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;

  @Before
  public void openOffice() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
  }

  @Test
  public void aPhoneWithItsOwnKeyRegistersWithMd5() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void aPhoneWithItsOwnKeyRegistersWithSha256() {
    Phone phone = office.phone();
    phone.algorithm = DigestAlgorithm.SHA_256;
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void theAcceptanceNamesTheKeyAndTheAor() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    String seen =
        office
            .ask(phone.answer(nonce))
            .fold(a -> a.keyIdentifier() + " " + a.aor(), c -> "", r -> "", n -> "", u -> "");
    assertEquals(phone.username + " 1001@example.org", seen);
  }

  @Test
  public void theChallengeIsOneHeaderWithOneAlgorithmWrittenOut() {
    Phone phone = office.phone();
    SipAnswer answer = Office.answer(office.ask(phone.knock()));
    assertEquals(401, answer.status());
    assertEquals(1, answer.headers().size());
    assertEquals("WWW-Authenticate", answer.headers().get(0).name());
    assertTrue(
        answer
            .headers()
            .get(0)
            .value()
            .matches(
                "Digest realm=\"latchkey\", nonce=\"[A-Za-z0-9_-]{44}\", algorithm=MD5,"
                    + " qop=\"auth\""));
  }

  @Test
  public void theListenersAlgorithmIsTheChallengesAlgorithm() {
    Phone phone = office.phone();
    phone.algorithm = DigestAlgorithm.SHA_256;
    assertTrue(
        Office.answer(office.ask(phone.knock()))
            .headers()
            .get(0)
            .value()
            .contains(", algorithm=SHA-256, "));
  }

  @Test
  public void aProxyChallengesWith407() {
    Phone phone = office.phone();
    phone.method = "INVITE";
    SipAnswer answer = Office.answer(office.ask(phone.builder().proxy(true).build()));
    assertEquals(407, answer.status());
    assertEquals("Proxy-Authenticate", answer.headers().get(0).name());
  }

  @Test
  public void everyChallengeHasANewNonce() {
    Phone phone = office.phone();
    assertFalse(
        Office.nonce(office.ask(phone.knock())).equals(Office.nonce(office.ask(phone.knock()))));
  }

  @Test
  public void anAnswerWithoutAlgorithmMeansMd5() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals(
        "accepted",
        Office.words(office.ask(phone.answer(nonce, h -> h.replace(", algorithm=MD5", "")))));
  }

  @Test
  public void qopMayBeQuotedAndResponseInCapitals() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals(
        "accepted",
        Office.words(
            office.ask(
                phone.answer(
                    nonce,
                    h -> {
                      String response = h.replaceAll(".*response=\"([^\"]*)\".*", "$1");
                      return h.replace("qop=auth", "qop=\"auth\"")
                          .replace(response, response.toUpperCase(java.util.Locale.ROOT));
                    }))));
  }

  @Test
  public void theNonceOfARegisterServesForAnInviteWithTheNextCount() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    phone.method = "INVITE";
    phone.requestUri = "sip:1002@example.org";
    phone.uri = "sip:1002@example.org";
    phone.nc = "00000002";
    RegisterRequest invite =
        phone.builder().proxy(true).authorizations(List.of(phone.authorization(nonce))).build();
    assertEquals("accepted", Office.words(office.ask(invite)));
  }

  @Test
  public void schemeAndHostOfTheUriMayDifferInCase() {
    Phone phone = office.phone();
    phone.requestUri = "sip:Example.ORG;transport=udp";
    phone.uri = "SIP:example.org;transport=udp";
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void credentialsOfOtherRealmsAreIgnored() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    String other = phone.authorization(nonce).replace("realm=\"latchkey\"", "realm=\"elsewhere\"");
    RegisterRequest request =
        phone
            .builder()
            .authorizations(List.of(other, "Basic dTpw", phone.authorization(nonce)))
            .build();
    assertEquals("accepted", Office.words(office.ask(request)));
    assertEquals(
        "challenged",
        Office.words(office.ask(phone.builder().authorizations(List.of(other)).build())));
  }

  @Test
  public void shortKeyIdentifiersAndOtherGenerationsWorkAlike() {
    for (int generation : List.of(1, 2)) {
      for (IdentifierForm form : IdentifierForm.values()) {
        Phone phone = office.keys.phone(Office.EXTENSION, generation, form, DigestAlgorithm.MD5);
        String nonce = Office.nonce(office.ask(phone.knock()));
        assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
      }
    }
  }

  @Test
  public void usersBeyondAsciiWork() {
    Phone phone = office.phone(new Aor("jürgen", "example.org"));
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void listenersAndJournalHearOfARegisterOnce() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    RegisterRequest request = phone.answer(nonce);
    office.ask(request);
    office.ask(request);
    assertEquals(
        List.of(phone.username + " 1001@example.org 2026-11-25T08:00:00Z"), office.registered);
    assertEquals(
        List.of(PhoneEvent.Kind.CHALLENGED, PhoneEvent.Kind.REGISTERED),
        office.journal.stream().map(PhoneEvent::kind).toList());
    assertEquals(phone.username, office.journal.get(1).keyIdentifier());
    assertEquals("192.0.2.7", office.journal.get(1).source());
  }

  @Test
  public void listenersHearNothingOfOtherMethods() {
    Phone phone = office.phone();
    phone.method = "INVITE";
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    assertEquals(List.of(), office.registered);
  }

  @Test
  public void aListenerThatThrowsChangesNoAnswer() {
    office.authenticator.bindListener(
        (key, aor, at) -> {
          throw new IllegalStateException("broken listener");
        });
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }
}
