package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.registration.SipAnswer;

/** A nonce of ours that is no longer good: the phone must not take its secret for wrong. */
public class StaleTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private Phone phone;
  private String nonce;

  @Before
  public void challengeOnce() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
    phone = office.phone();
    nonce = Office.nonce(office.ask(phone.knock()));
  }

  @Test
  public void aNonceIsGoodForItsLifetimeAndThenStale() {
    office.clock.pass(Duration.ofSeconds(60));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    String second = Office.nonce(office.ask(phone.knock()));
    office.clock.pass(Duration.ofMillis(60_001));
    assertEquals("stale", Office.words(office.ask(phone.answer(second))));
  }

  @Test
  public void theLifetimeIsASetting() {
    office.settings = Office.lifetime(Duration.ofHours(1));
    office.restart();
    String first = Office.nonce(office.ask(phone.knock()));
    office.clock.pass(Duration.ofHours(1));
    assertEquals("accepted", Office.words(office.ask(phone.answer(first))));
  }

  @Test
  public void anUpdateOfTheBundleCostsOneStaleChallenge() {
    office.restart();
    String second = Office.nonce(office.ask(phone.answer(nonce)));
    assertEquals("accepted", Office.words(office.ask(phone.answer(second))));
  }

  @Test
  public void whateverTheClockDidAcrossARestartTheNonceIsStaleAndNeverBad() {
    for (Duration step : new Duration[] {Duration.ZERO, Duration.ofDays(-3), Duration.ofDays(9)}) {
      String before = Office.nonce(office.ask(phone.knock()));
      office.clock.step(step);
      office.restart();
      assertEquals(step.toString(), "stale", Office.words(office.ask(phone.answer(before))));
    }
  }

  @Test
  public void aStepOfTheClockWhileRunningChangesNothing() {
    office.clock.step(Duration.ofDays(-1));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    String second = Office.nonce(office.ask(phone.knock()));
    office.clock.step(Duration.ofDays(2));
    assertEquals("accepted", Office.words(office.ask(phone.answer(second))));
  }

  @Test
  public void aReplayAcrossARestartIsStaleWhateverTheClockSays() {
    office.ask(phone.answer(nonce));
    office.clock.step(Duration.ofSeconds(-30));
    office.restart();
    assertEquals("stale", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void aNonceThatIsNotOursIsRefusedWithoutStale() throws IOException {
    Files.delete(office.nonceKey);
    office.restart();
    assertEquals("FORGED_NONCE", Office.words(office.ask(phone.answer(nonce))));
    assertEquals(false, Office.wire(office.ask(phone.answer(nonce))).contains("stale"));
  }

  @Test
  public void aPhoneInALoopIsSentAwayAfterThreeStaleChallengesInARow() {
    office.restart();
    for (int i = 0; i < 3; i++) {
      assertEquals("stale", Office.words(office.ask(phone.answer(nonce))));
    }
    assertEquals("STALE_LOOP", Office.words(office.ask(phone.answer(nonce))));
    SipAnswer away = Office.answer(office.ask(phone.answer(nonce)));
    assertEquals(503, away.status());
    assertEquals("Retry-After", away.headers().get(0).name());
    assertEquals("5", away.headers().get(0).value());
  }

  @Test
  public void aPhoneThatWaitedAsItWasToldGetsAChallengeAgain() {
    office.restart();
    for (int i = 0; i < 10; i++) {
      office.ask(phone.answer(nonce));
    }
    office.clock.pass(Duration.ofSeconds(5));
    String second = Office.nonce(office.ask(phone.answer(nonce)));
    assertEquals("accepted", Office.words(office.ask(phone.answer(second))));
  }

  @Test
  public void anAcceptanceEndsTheRow() {
    for (int restart = 0; restart < 10; restart++) {
      office.restart();
      String fresh = Office.nonce(office.ask(phone.answer(nonce)));
      assertEquals("accepted", Office.words(office.ask(phone.answer(fresh))));
      nonce = fresh;
    }
  }

  @Test
  public void oneCallsLoopIsNoOtherCallsFault() {
    office.restart();
    for (int i = 0; i < 10; i++) {
      office.ask(phone.answer(nonce));
    }
    phone.callId = "another-call@192.0.2.7";
    assertEquals("stale", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void replaysCountAsStaleToo() {
    office.ask(phone.answer(nonce));
    office.clock.pass(Duration.ofSeconds(33));
    for (int i = 0; i < 3; i++) {
      assertEquals("REPLAYED", Office.words(office.ask(phone.answer(nonce))));
    }
    assertEquals("STALE_LOOP", Office.words(office.ask(phone.answer(nonce))));
  }
}
