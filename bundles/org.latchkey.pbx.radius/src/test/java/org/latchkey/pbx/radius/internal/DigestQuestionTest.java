package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;

/** A digest over a nonce of the PBX: the holder of the AOR's key, and nobody else. */
public class DigestQuestionTest {

  private static final String YES = "accept 80 225=aor:1001@example.org";
  private static final String NO = "reject 80";

  private final Office office = new Office();

  private String asked(Question question) {
    return question.read(office.ask(question.standard()));
  }

  private String askedInTheDraft(Question question) {
    return question.read(office.ask(question.draft()));
  }

  @Test
  public void theHolderIsAcceptedInBothDialectsAndHisAorIsNamed() {
    assertTrue(asked(Question.ofPhone()).startsWith(YES + " 106="));
    assertEquals(YES, askedInTheDraft(Question.ofPhone()));
    assertEquals(
        "k1 1001@example.org " + Office.NOW, office.registered.get(office.registered.size() - 1));
    assertEquals(2, office.registered.size());
    assertTrue(office.journal.get(0), office.journal.get(0).startsWith("REGISTERED k1 1001@"));
  }

  @Test
  public void aCallProvesItsCallerAndRegistersNobody() {
    Question call =
        Question.ofPhone()
            .with(Field.METHOD, "INVITE")
            .with(Field.URI, "sip:112@example.org")
            .provedBy(Question.HA1);
    assertEquals(YES, askedInTheDraft(call));
    assertEquals(List.of(), office.registered);
    assertEquals(List.of(), office.journal);
  }

  @Test
  public void shaTwoIsCheckedWhereItIsNamed() {
    Question question =
        Question.ofPhone().with(Field.ALGORITHM, "SHA-256").provedBy(Question.HA1.repeat(2));
    assertEquals(YES, askedInTheDraft(question));
    assertEquals(NO, asked(Question.ofPhone().with(Field.ALGORITHM, "SHA-256")));
    assertEquals(NO, asked(Question.ofPhone().with(Field.ALGORITHM, "MD5-sess")));
  }

  @Test
  public void theAorMayBeAUriOrAUserAloneWhereThereIsOneDomain() {
    for (String aor :
        List.of("sip:1001@example.org", "sips:%31001@EXAMPLE.org:5061;x=y", "1001", "tel:1001")) {
      assertEquals(aor, YES, askedInTheDraft(Question.ofPhone().with(Field.SIP_URI_USER, aor)));
      Question standard = Question.ofPhone().with(Field.SIP_URI_USER, "");
      assertTrue(aor, asked(standard.with(Field.SIP_AOR, aor)).startsWith(YES));
    }
    RadiusDesk two =
        new RadiusDesk(
            Office.settings(List.of("example.org", "example.com")), office, Clock.systemUTC());
    for (String aor : List.of("1001", "tel:1001")) {
      Question alone = Question.ofPhone().with(Field.SIP_URI_USER, aor);
      assertEquals(NO, alone.read(two.answer(alone.draft(), Office.PBX, Question.SECRET)));
    }
  }

  @Test
  public void aKeyOpensItsOwnExtensionOnly() {
    for (String other :
        List.of("1002@example.org", "1001@elsewhere.org", "", "1001@", "@", "a b")) {
      Question question = Question.ofPhone().with(Field.SIP_URI_USER, other);
      assertEquals(other, NO, askedInTheDraft(question));
    }
    assertEquals(NO, asked(Question.ofPhone().with(Field.SIP_AOR, "sip:1002@example.org")));
    Question two = Question.ofPhone().with(Field.SIP_URI_USER, "1002@example.org");
    assertEquals(NO, asked(two.with(Field.SIP_AOR, "sip:1001@example.org")));
    assertEquals(List.of(), office.registered);
  }

  @Test
  public void aForeignDomainOrRealmIsNotEvenAskedAbout() {
    office.ha1Source =
        Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText(Question.HA1)));
    Question elsewhere = Question.ofPhone().with(Field.SIP_URI_USER, "1001@elsewhere.org");
    assertEquals(NO, askedInTheDraft(elsewhere));
    assertEquals(NO, askedInTheDraft(Question.ofPhone().with(Field.REALM, "elsewhere")));
    assertEquals(NO, askedInTheDraft(Question.ofPhone().with(Field.SIP_URI_USER, "u".repeat(240))));
    assertEquals(YES, askedInTheDraft(Question.ofPhone()));
  }

  @Test
  public void whateverTheDigestCoversCantBeChanged() {
    for (Field field :
        List.of(
            Field.NONCE,
            Field.METHOD,
            Field.URI,
            Field.CNONCE,
            Field.NONCE_COUNT,
            Field.USERNAME)) {
      String other = field == Field.METHOD ? "INVITE" : "0000000a";
      assertEquals(field.name(), NO, asked(Question.ofPhone().with(field, other)));
    }
  }

  @Test
  public void whatIsMissingOrIllFormedIsRefused() {
    for (Field field : Field.values()) {
      if (field != Field.STALE && field != Field.SIP_AOR && field != Field.ALGORITHM) {
        assertEquals(field.name(), NO, asked(Question.ofPhone().with(field, "")));
      }
    }
    assertEquals(NO, asked(Question.ofPhone().with(Field.QOP, "auth-int")));
    assertEquals(NO, asked(Question.ofPhone().with(Field.NONCE_COUNT, "1")));
    assertEquals(NO, asked(Question.ofPhone().with(Field.REALM, "elsewhere")));
    assertEquals(NO, asked(Question.ofPhone().with(Field.RESPONSE, "0".repeat(64))));
    assertEquals(NO, asked(Question.ofPhone().with(Field.RESPONSE, "z".repeat(32))));
    assertEquals(NO, asked(Question.ofPhone().with(Field.URI, "sip:\"").provedBy(Question.HA1)));
  }

  @Test
  public void whatIsSaidTwiceOrInTwoDialectsIsRefused() {
    for (String nonce : List.of("another", "the-pbx-made-it")) {
      assertEquals(NO, asked(Question.ofPhone().and(Field.NONCE.number(), nonce)));
    }
    Question mixed = Question.ofPhone();
    String response = mixed.get(Field.RESPONSE);
    assertEquals(NO, asked(mixed.with(Field.RESPONSE, "").and(206, response)));
    assertEquals(NO, askedInTheDraft(Question.ofPhone().and(207, new byte[] {2, 4, 'x', 'y'})));
    assertEquals(NO, askedInTheDraft(Question.ofPhone().and(207, new byte[] {2, 1})));
    assertEquals(NO, askedInTheDraft(Question.ofPhone().and(207, new byte[] {77, 9, 'x'})));
  }

  @Test
  public void refusalsAreAlikeInBytesButForTheirAuthenticators() {
    byte[][] refusals = {
      office.ask(Question.ofPhone().provedBy("f".repeat(32)).draft()).orElseThrow(),
      office.ask(Question.ofPhone().with(Field.USERNAME, "k2").draft()).orElseThrow(),
      office.ask(Question.ofPhone().with(Field.USERNAME, "anna").draft()).orElseThrow(),
      office.ask(Question.ofPhone().with(Field.SIP_URI_USER, "1002").draft()).orElseThrow(),
      office.ask(Question.ofPhone().with(Field.REALM, "x").draft()).orElseThrow()
    };
    for (byte[] refusal : refusals) {
      assertEquals(38, refusal.length);
      assertArrayEquals(visible(refusals[0]), visible(refusal));
    }
    assertTrue(office.journal.toString(), office.journal.get(1).contains("was revoked"));
    assertTrue(office.journal.get(0).contains("wrong secret"));
  }

  private static byte[] visible(byte[] answer) {
    byte[] copy = answer.clone();
    copy[1] = 0;
    Arrays.fill(copy, 4, 20, (byte) 0);
    Arrays.fill(copy, 22, 38, (byte) 0);
    return copy;
  }

  @Test
  public void whenNobodyKnowsThereIsSilence() {
    Question question = Question.ofPhone();
    office.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Unavailable("no master key"));
    assertEquals(Optional.empty(), office.ask(question.draft()));
    office.ha1Source = Optional.empty();
    assertEquals(Optional.empty(), office.ask(question.draft()));
    office.ha1Source =
        Optional.of(
            (k, a, r, g) -> {
              throw new IllegalStateException("a fault");
            });
    assertEquals(Optional.empty(), office.ask(question.draft()));
    office.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText("short")));
    assertEquals(Optional.empty(), office.ask(question.draft()));
    assertEquals(4, office.desk.tally(Office.PBX).unknown.sum());
    assertEquals(List.of(), office.registered);
  }

  @Test
  public void theHa1IsWiped() {
    Secret given = Secret.ofText(Question.HA1);
    office.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(given));
    assertEquals(YES, askedInTheDraft(Question.ofPhone()));
    assertThrows(IllegalStateException.class, given::copy);
  }
}
