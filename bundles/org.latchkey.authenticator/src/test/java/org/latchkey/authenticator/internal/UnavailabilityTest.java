package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.SipAnswer;
import org.latchkey.status.StatusLine;

/** Our own faults: never a yes, never a 401, and challenging goes on where it can. */
public class UnavailabilityTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private Phone phone;

  @Before
  public void openOffice() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
    phone = office.phone();
  }

  private String nonce() {
    return Office.nonce(office.ask(phone.knock()));
  }

  @Test
  public void withoutTheKeyAgentPhonesAreChallengedButNotAccepted() {
    String nonce = nonce();
    office.authenticator.unbindKeys(office.keys);
    assertEquals("challenged", Office.words(office.ask(phone.knock())));
    assertEquals("unavailable", Office.words(office.ask(phone.answer(nonce))));
    office.authenticator.bindKeys(office.keys);
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void whenTheKeyAgentHasAFaultItsWordsArePassedOn() {
    String nonce = nonce();
    office.keys.fault = Optional.of("the master key is missing");
    AuthenticationResult result = office.ask(phone.answer(nonce));
    assertEquals(
        "the master key is missing",
        result.fold(a -> "", c -> "", r -> "", n -> "", AuthenticationResult.Unavailable::reason));
    SipAnswer answer = Office.answer(result);
    assertEquals(503, answer.status());
    assertEquals("[Header[name=Retry-After, value=5]]", answer.headers().toString());
    assertEquals("challenged", Office.words(office.ask(phone.knock())));
  }

  @Test
  public void aKeyAgentThatThrowsIsNeverAYesAndNeverAnException() {
    String nonce = nonce();
    office.keys.thrown = new IllegalStateException("bundle is gone");
    assertEquals("unavailable", Office.words(office.ask(phone.answer(nonce))));
    assertEquals("challenged", Office.words(office.ask(phone.knock())));
    assertEquals(StatusLine.Level.FAULT, office.authenticator.status().get(0).level());
  }

  @Test
  public void badCredentialsAreStillRefusedWhileTheKeyAgentIsAway() {
    String nonce = nonce();
    office.authenticator.unbindKeys(office.keys);
    assertEquals(
        "MALFORMED", Office.words(office.ask(phone.answer(nonce, h -> h.replace("qop=auth", "")))));
    office.clock.pass(Duration.ofSeconds(61));
    assertEquals("stale", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void aPbxThatNamesItsRealmIsChallengedForThoughNobodyEverSawTheKeyAgent() {
    office.authenticator.unbindKeys(office.keys);
    office.restart();
    office.authenticator.unbindKeys(office.keys);
    assertEquals("unavailable", Office.words(office.ask(phone.knock())));
    assertEquals("challenged", Office.words(office.ask(phone.builder().realm("latchkey").build())));
  }

  @Test
  public void aRealmThatCouldBreakTheHeaderIsAFaultOfThePbx() {
    for (String realm : new String[] {"a\"b", "a\\b", "a\r\nX: y", "", "x".repeat(256)}) {
      assertEquals(
          realm, "unavailable", Office.words(office.ask(phone.builder().realm(realm).build())));
    }
  }

  @Test
  public void afterItsEndAnAuthenticatorAcceptsNothing() {
    String nonce = nonce();
    office.authenticator.close();
    office.authenticator.close();
    assertEquals("unavailable", Office.words(office.ask(phone.answer(nonce))));
    assertEquals("unavailable", Office.words(office.ask(phone.knock())));
  }

  @Test
  public void aNewKeyAgentWithTheSameRevisionIsAskedForItsOwnKeys() {
    String nonce = nonce();
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    SiteKeys other = new SiteKeys();
    other.generations.clear();
    office.authenticator.bindKeys(other);
    office.authenticator.unbindKeys(office.keys);
    phone.nc = "00000002";
    assertEquals("UNKNOWN_GENERATION", Office.words(office.ask(phone.answer(nonce))));
  }

  @Test
  public void subkeysAreFetchedOnceUntilTheirRevisionMoves() {
    String nonce = nonce();
    office.ask(phone.answer(nonce));
    int asked = office.keys.subkeysAsked;
    phone.nc = "00000002";
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    assertEquals(asked, office.keys.subkeysAsked);
    office.keys.revision++;
    phone.nc = "00000003";
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    assertEquals(asked + 2, office.keys.subkeysAsked);
  }

  @Test
  public void statusSaysWhatIsMissingWorstFirst() {
    assertEquals(StatusLine.Level.OK, office.authenticator.status().get(0).level());
    office.authenticator.unbindKeys(office.keys);
    StatusLine line = office.authenticator.status().get(0);
    assertEquals(StatusLine.Level.FAULT, line.level());
    assertTrue(line.words(), line.words().endsWith("there is no key agent on this node"));
  }
}
