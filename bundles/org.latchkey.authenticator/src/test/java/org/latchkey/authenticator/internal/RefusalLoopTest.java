package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RefusedPhone;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.SipAnswer;

/** A phone that answers each 401 with another REGISTER is slowed down, and nobody else. */
public class RefusalLoopTest {

  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.99", 5060);

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private Phone wrong;
  private int others;

  @Before
  public void aPhoneHasAWrongSecret() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
    wrong = office.phone().withSecret("0123456789abcdefghjkmnpqrs");
  }

  private int refuse(Phone phone) {
    return status(office.ask(phone.answer(nonce())));
  }

  /** A nonce for the extension, as another phone's request brings it. */
  private String nonce() {
    Phone other = office.phone();
    other.callId = "other-" + others++;
    return Office.nonce(office.ask(other.knock()));
  }

  private void loop(Phone phone) {
    for (int i = 0; i < RefusalLoops.AT_ONCE; i++) {
      assertEquals(401, refuse(phone));
    }
    assertEquals(503, refuse(phone));
  }

  private static int status(AuthenticationResult result) {
    return Office.answer(result).status();
  }

  private static int seconds(AuthenticationResult result) {
    SipAnswer answer = Office.answer(result);
    assertEquals(503, answer.status());
    assertEquals("Retry-After", answer.headers().get(0).name());
    return Integer.parseInt(answer.headers().get(0).value());
  }

  @Test
  public void aCallOfAPhoneInALoopIsAnsweredAsEver() {
    loop(wrong);
    wrong.method = "INVITE";
    wrong.requestUri = "sip:112@example.org";
    wrong.uri = wrong.requestUri;
    for (int i = 0; i < 100; i++) {
      assertEquals(401, status(office.ask(wrong.knock())));
      assertEquals(401, refuse(wrong));
    }
    Phone right = office.phone();
    right.method = "INVITE";
    right.requestUri = wrong.requestUri;
    right.uri = wrong.requestUri;
    assertEquals("accepted", Office.words(office.ask(right.answer(nonce()))));
  }

  @Test
  public void aGoodProofIsTakenInTheMidstOfALoopAndEndsIt() {
    loop(wrong);
    assertEquals("accepted", Office.words(office.ask(office.phone().answer(nonce()))));
    assertEquals(List.of(), office.authenticator.inLoops());
    assertEquals(401, refuse(wrong));
  }

  @Test
  public void thePauseGrowsToAMinuteAndWhoeverWaitsIsAnswered() {
    loop(wrong);
    List<Integer> pauses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int pause = seconds(office.ask(wrong.answer(nonce())));
      pauses.add(pause);
      office.clock.pass(Duration.ofSeconds(pause - 1L));
      assertEquals(1, seconds(office.ask(wrong.answer(nonce()))));
      office.clock.pass(Duration.ofSeconds(1));
      assertEquals(401, refuse(wrong));
    }
    assertEquals(List.of(5, 10, 20, 40, 60, 60), pauses);
  }

  @Test
  public void whoForgesAPhonesNameElsewhereSlowsItNotDown() {
    String nonce = nonce();
    for (int i = 0; i < 1000; i++) {
      office.ask(
          wrong.builder().source(ELSEWHERE).authorizations(authorizations(wrong, nonce)).build());
    }
    Phone innocent = office.phone();
    assertEquals(401, status(office.ask(innocent.knock())));
    assertEquals(401, refuse(wrong));
    assertEquals("accepted", Office.words(office.ask(innocent.answer(nonce()))));
  }

  @Test
  public void whoForgesAPhonesAddressTooDoesNotKeepItFromRegistering() {
    for (int i = 0; i < 1000; i++) {
      refuse(wrong);
    }
    for (int i = 0; i < 1000; i++) {
      Phone knocking = office.phone();
      knocking.callId = "forged-" + i % 3;
      office.ask(knocking.knock());
    }
    Phone innocent = office.phone();
    innocent.callId = "a Call-ID that nobody can guess";
    String nonce = Office.nonce(office.ask(innocent.knock()));
    assertEquals("accepted", Office.words(office.ask(innocent.answer(nonce))));
  }

  @Test
  public void thePaceTellsNobodyWhichKeysThereAre() {
    Phone invented = office.phone();
    String name = invented.username;
    invented.username = name.substring(0, name.length() - 1) + (name.endsWith("0") ? '1' : '0');
    Phone revoked = office.phone();
    office.keys.revoked.add(revoked.username);
    loop(invented);
    assertEquals(503, refuse(wrong));
    assertEquals(503, refuse(revoked));
    assertEquals(
        Office.wire(office.ask(wrong.answer(nonce()))),
        Office.wire(office.ask(invented.answer(nonce()))));
  }

  @Test
  public void anotherExtensionOfTheSameAddressIsAnsweredAtOnce() {
    loop(wrong);
    Phone other = office.phone(new Aor("1002", "example.org"));
    assertEquals(401, status(office.ask(other.knock())));
  }

  @Test
  public void aPhoneThatNeverProvesItselfIsSlowedToo() {
    Phone silent = office.phone();
    for (int i = 0; i < RefusalLoops.AT_ONCE; i++) {
      assertEquals("challenged", Office.words(office.ask(silent.knock())));
    }
    AuthenticationResult away = office.ask(silent.knock());
    assertEquals("CHALLENGE_LOOP", Office.words(away));
    assertEquals(5, seconds(away));
    office.clock.pass(Duration.ofSeconds(5));
    assertEquals("challenged", Office.words(office.ask(silent.knock())));
    office.clock.pass(Duration.ofSeconds(30));
    assertEquals("challenged", Office.words(office.ask(silent.knock())));
    assertEquals("challenged", Office.words(office.ask(silent.knock())));
  }

  @Test
  public void anOldPhoneThatThePbxLetsInIsNeverInALoop() {
    Phone old = office.phone();
    old.username = "1001";
    for (int i = 0; i < 100; i++) {
      String nonce = Office.nonce(office.ask(old.knock()));
      assertEquals("not ours: 1001", Office.words(office.ask(old.answer(nonce))));
    }
  }

  @Test
  public void administratorsSeeWhoAndWhyUntilTenQuietMinutesLater() {
    loop(wrong);
    RefusedPhone seen = office.authenticator.inLoops().get(0);
    assertEquals("1001@example.org", seen.aor().toString());
    assertEquals("192.0.2.7", seen.source());
    assertEquals(wrong.username, seen.keyIdentifier());
    assertEquals("WRONG_SECRET", seen.reason().name());
    assertEquals(RefusalLoops.AT_ONCE + 1, seen.times());
    assertEquals(office.clock.instant(), seen.last());
    office.clock.pass(Duration.ofMinutes(10));
    assertEquals(List.of(), office.authenticator.inLoops());
  }

  @Test
  public void aFloodOfNamesTakesNoMoreRoom() {
    for (int i = 0; i < 50_000; i++) {
      Phone one = office.phone(new Aor("x" + i, "example.org"));
      office.ask(one.knock());
    }
    assertTrue(office.authenticator.inLoops().isEmpty());
  }

  @Test
  public void withoutAnAddressNobodyIsSlowed() {
    RegisterRequest nowhere =
        RegisterRequest.of("REGISTER", "sip:example.org", Office.EXTENSION).callId("c").build();
    for (int i = 0; i < 100; i++) {
      assertEquals("challenged", Office.words(office.ask(nowhere)));
    }
  }

  private static List<String> authorizations(Phone phone, String nonce) {
    return List.of(phone.authorization(nonce));
  }
}
