package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RegisterRequest;

/** Who is refused, and that the wire never tells why. */
public class RefusalTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;

  @Before
  public void openOffice() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
  }

  private AuthenticationResult attempt(Phone phone) {
    return office.ask(phone.answer(Office.nonce(office.ask(phone.knock()))));
  }

  private Phone named(String username) {
    Phone phone = office.phone();
    phone.username = username;
    return phone;
  }

  private static String lastLetterChanged(String name) {
    return name.substring(0, name.length() - 1) + (name.endsWith("0") ? '1' : '0');
  }

  @Test
  public void unknownMalformedRevokedWrongSecretAndWrongExtensionLookTheSame() {
    Phone revoked = office.phone();
    office.keys.revoked.add(revoked.username);
    Phone retired =
        office.keys.phone(Office.EXTENSION, 1, IdentifierForm.LONG, DigestAlgorithm.MD5);
    retired.username = "k" + "0z" + retired.username.substring(3);
    Map<String, Phone> phones = new LinkedHashMap<>();
    phones.put("FORGED_IDENTIFIER", named(lastLetterChanged(office.phone().username)));
    phones.put("UNKNOWN_GENERATION", retired);
    phones.put("REVOKED", revoked);
    phones.put("WRONG_SECRET", office.phone().withSecret("0123456789abcdefghjkmnpqrs"));
    phones.put("not ours: K0123", named("K0123"));
    String first = Office.wire(attempt(office.phone().withSecret("x")));
    assertTrue(first, first.contains("status=401") && !first.contains("stale"));
    phones.forEach(
        (words, phone) -> {
          AuthenticationResult result = attempt(phone);
          assertEquals(words, Office.words(result));
          assertEquals(first, Office.wire(result));
        });
    Phone other = office.phone(new Aor("1002", "example.org")).as(Office.EXTENSION);
    assertEquals("WRONG_SECRET", Office.words(attempt(other)));
    assertEquals(first, Office.wire(attempt(other)));
  }

  @Test
  public void aRefusalLooksLikeAFirstChallenge() {
    Phone phone = office.phone().withSecret("wrong");
    assertEquals(Office.wire(office.ask(phone.knock())), Office.wire(attempt(phone)));
  }

  @Test
  public void aKeyOpensOneDoorOnly() {
    Phone other = office.phone(new Aor("1002", "example.org"));
    assertEquals("accepted", Office.words(attempt(other)));
    assertEquals("WRONG_SECRET", Office.words(attempt(other.as(Office.EXTENSION))));
  }

  @Test
  public void aRevokedKeyIsRefusedFromTheNextRequestOn() {
    Phone phone = office.phone();
    assertEquals("accepted", Office.words(attempt(phone)));
    office.keys.revoked.add(phone.username);
    assertEquals("REVOKED", Office.words(attempt(phone)));
  }

  @Test
  public void aKeyOfTheSha256ClassIsNotAcceptedWithMd5() {
    Phone phone =
        office.keys.phone(Office.EXTENSION, 1, IdentifierForm.LONG, DigestAlgorithm.SHA_256);
    assertEquals("WEAK_ALGORITHM", Office.words(attempt(phone)));
    phone.algorithm = DigestAlgorithm.SHA_256;
    assertEquals("accepted", Office.words(attempt(phone)));
  }

  @Test
  public void theClassCannotBeRewrittenInTheIdentifier() {
    Phone phone =
        office.keys.phone(Office.EXTENSION, 1, IdentifierForm.LONG, DigestAlgorithm.SHA_256);
    String name = phone.username;
    assertEquals('1', name.charAt(3));
    phone.username = name.substring(0, 3) + '0' + name.substring(4);
    assertEquals("FORGED_IDENTIFIER", Office.words(attempt(phone)));
  }

  @Test
  public void aGenerationThatRetiredIsRefusedOnceTheRevisionMoved() {
    Phone phone = office.phone();
    assertEquals("accepted", Office.words(attempt(phone)));
    office.keys.generations.remove(1);
    office.keys.revision++;
    assertEquals("UNKNOWN_GENERATION", Office.words(attempt(phone)));
  }

  @Test
  public void aDomainThatIsNotServedIsRefusedAndStatusSaysSo() {
    Phone phone = office.phone().as(new Aor("1001", "other.org"));
    assertEquals("FOREIGN_REALM", Office.words(attempt(phone)));
    assertTrue(
        office.authenticator.status().stream()
            .anyMatch(line -> line.words().contains("domain other.org")));
  }

  @Test
  public void twoSetsOfCredentialsForOurRealmAreAmbiguous() {
    Phone phone = office.phone();
    String nonce = Office.nonce(office.ask(phone.knock()));
    RegisterRequest request =
        phone
            .builder()
            .authorizations(List.of(phone.authorization(nonce), phone.authorization(nonce)))
            .build();
    assertEquals("AMBIGUOUS", Office.words(office.ask(request)));
  }

  @Test
  public void aNonceOfAnotherAorRealmOrAlgorithmIsNotOurs() {
    Phone phone = office.phone();
    String ofOther = Office.nonce(office.ask(office.phone(new Aor("1002", "example.org")).knock()));
    assertEquals("FORGED_NONCE", Office.words(office.ask(phone.answer(ofOther))));
    String md5 = Office.nonce(office.ask(phone.knock()));
    phone.algorithm = DigestAlgorithm.SHA_256;
    assertEquals("FORGED_NONCE", Office.words(office.ask(phone.answer(md5))));
    String elsewhere = Office.nonce(office.ask(phone.builder().realm("elsewhere").build()));
    assertEquals("FORGED_NONCE", Office.words(office.ask(phone.answer(elsewhere))));
  }

  @Test
  public void oldPhonesAreLeftToThePbxUnlessTheSettingSaysNo() {
    assertEquals("not ours: alice", Office.words(attempt(named("alice"))));
    office.settings = new AuthenticatorSettings(Duration.ofSeconds(60), 100_000, true, false);
    office.restart();
    assertEquals("NO_KEY_IDENTIFIER", Office.words(attempt(named("alice"))));
  }

  @Test
  public void anOldPhoneNeedsAGenuineAndFreshNonceToo() {
    Phone alice = named("alice");
    String nonce = Office.nonce(office.ask(alice.knock()));
    String forged = (nonce.startsWith("A") ? "B" : "A") + nonce.substring(1);
    assertEquals("FORGED_NONCE", Office.words(office.ask(alice.answer(forged))));
    office.clock.pass(Duration.ofSeconds(61));
    assertEquals("stale", Office.words(office.ask(alice.answer(nonce))));
  }

  @Test
  public void theJournalKnowsWhyButNamesOnlyKeysThatWereIssued() {
    Phone phone = office.phone().withSecret("wrong");
    attempt(phone);
    attempt(named(lastLetterChanged(phone.username)));
    List<PhoneEvent> refused =
        office.journal.stream().filter(e -> e.kind() == PhoneEvent.Kind.REFUSED).toList();
    assertEquals(phone.username, refused.get(0).keyIdentifier());
    assertEquals("has a wrong secret, or a key for another extension", refused.get(0).words());
    assertEquals("", refused.get(1).keyIdentifier());
    assertEquals("1001@example.org", refused.get(1).aor());
  }

  @Test
  public void aRefusalIsNeverAYesWhateverTheListenersSay() {
    attempt(office.phone().withSecret("wrong"));
    assertFalse(office.journal.stream().anyMatch(e -> e.kind() == PhoneEvent.Kind.REGISTERED));
    assertEquals(List.of(), office.registered);
  }
}
