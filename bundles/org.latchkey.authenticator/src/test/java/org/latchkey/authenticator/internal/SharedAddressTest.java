package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RejectionReason;

/** Behind one NAT or proxy, under one AOR: only the call that is in a loop is slowed. */
public class SharedAddressTest {

  private static final int MANY = 3 * RefusalLoops.AT_ONCE;

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private Phone forger;
  private Phone innocent;

  @Before
  public void aForgerIsBehindTheSameAddress() {
    office = office("here");
    innocent = office.phone();
    innocent.callId = "the phone's own";
    forger = office.phone().withSecret("0123456789abcdefghjkmnpqrs");
    forger.callId = "the forger's own";
  }

  private Office office(String name) {
    return new Office(Path.of(folder.getRoot().getPath(), name, "nonce.key"));
  }

  /** A nonce for the extension, as another phone's request brings it. */
  private String nonce() {
    Phone other = office.phone();
    other.callId = "other " + office.clock.nanos();
    office.clock.pass(Duration.ofMillis(1));
    return Office.nonce(office.ask(other.knock()));
  }

  private void forge() {
    for (int i = 0; i < MANY; i++) {
      office.ask(forger.answer(nonce()));
    }
    assertEquals("the forger is slowed", 503, status(office.ask(forger.answer(nonce()))));
  }

  private static int status(AuthenticationResult result) {
    return Office.answer(result).status();
  }

  private void isToldWhatItNeeds(RejectionReason reason, AuthenticationResult result) {
    assertEquals(reason.name(), Office.words(result));
    assertEquals(401, status(result));
    String fresh = Office.nonce(result);
    assertEquals("accepted", Office.words(office.ask(innocent.answer(fresh))));
  }

  @Test
  public void aPhoneThatComesFromAnotherNodeRegistersWhileAForgerGoesOn() {
    String ofAnotherNode = Office.nonce(office("there").ask(innocent.knock()));
    for (int i = 0; i < MANY; i++) {
      forge();
      isToldWhatItNeeds(RejectionReason.FORGED_NONCE, office.ask(innocent.answer(ofAnotherNode)));
    }
  }

  @Test
  public void whoKnowsItsCallIdTooKeepsNoPhoneFromAFreshChallenge() {
    String ofAnotherNode = Office.nonce(office("there").ask(innocent.knock()));
    String old = nonce();
    office.clock.pass(Duration.ofMinutes(2));
    forger.callId = innocent.callId;
    forge();
    assertEquals("stale", Office.words(office.ask(innocent.answer(old))));
    isToldWhatItNeeds(RejectionReason.FORGED_NONCE, office.ask(innocent.answer(ofAnotherNode)));
  }

  @Test
  public void whatAFreshChallengeMendsIsNeverSlowedHoweverOften() {
    Phone elsewhere = innocent.as(new Aor("1001", "other.org"));
    Supplier<AuthenticationResult> foreignRealm =
        () -> office.ask(elsewhere.answer(Office.nonce(office.ask(elsewhere.knock()))));
    Supplier<AuthenticationResult> forgedNonce =
        () -> office.ask(innocent.answer("0".repeat(nonce().length())));
    for (int i = 0; i < MANY; i++) {
      assertEquals(401, status(foreignRealm.get()));
      assertEquals(401, status(forgedNonce.get()));
    }
    assertEquals("FOREIGN_REALM", Office.words(foreignRealm.get()));
    assertEquals("FORGED_NONCE", Office.words(forgedNonce.get()));
    assertEquals(
        "and administrators see it",
        List.of(RejectionReason.FOREIGN_REALM, RejectionReason.FORGED_NONCE),
        office.authenticator.inLoops().stream().map(RefusedPhone::reason).sorted().toList());
  }

  @Test
  public void twentyPhonesWithTheSameWrongAorAreSlowedEachByItselfAlone() {
    List<Phone> phones = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Phone phone = office.phone().withSecret("0123456789abcdefghjkmnpqrs");
      phone.callId = "phone " + i;
      phones.add(phone);
    }
    for (int i = 0; i < RefusalLoops.AT_ONCE - 1; i++) {
      phones.forEach(phone -> assertEquals(401, status(office.ask(phone.answer(nonce())))));
    }
    Phone looping = phones.get(0);
    assertEquals(401, status(office.ask(looping.answer(nonce()))));
    assertEquals(503, status(office.ask(looping.answer(nonce()))));
    phones.stream()
        .skip(1)
        .forEach(phone -> assertEquals(401, status(office.ask(phone.answer(nonce())))));
    assertEquals("one line for all", 1, office.authenticator.inLoops().size());
  }

  @Test
  public void aPhoneThatRegistersWithANewCallIdIsNoLongerNamed() {
    forge();
    assertEquals(1, office.authenticator.inLoops().size());
    assertEquals("accepted", Office.words(office.ask(innocent.answer(nonce()))));
    assertEquals(List.of(), office.authenticator.inLoops());
    assertEquals("but slowed", 503, status(office.ask(forger.answer(nonce()))));
  }

  @Test
  public void withoutACallIdNobodyIsSlowed() {
    forger.callId = "";
    innocent.callId = "";
    String old = nonce();
    office.clock.pass(Duration.ofMinutes(2));
    for (int i = 0; i < MANY; i++) {
      assertEquals(401, status(office.ask(forger.answer(nonce()))));
      assertEquals("stale", Office.words(office.ask(innocent.answer(old))));
    }
    for (int i = 0; i < MANY; i++) {
      assertEquals("challenged", Office.words(office.ask(innocent.knock())));
    }
    assertTrue(office.authenticator.inLoops().size() > 0);
  }

  @Test
  public void whoUsesItsCallIdElsewhereDoesNotMakeAPhonesStaleChallengesRare() {
    String old = nonce();
    office.clock.pass(Duration.ofMinutes(2));
    for (int i = 0; i < MANY; i++) {
      office.ask(
          innocent
              .builder()
              .source(new InetSocketAddress("192.0.2.99", 5060))
              .authorizations(List.of(innocent.authorization(old)))
              .build());
    }
    assertEquals("stale", Office.words(office.ask(innocent.answer(old))));
  }
}
