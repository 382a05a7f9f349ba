package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.Test;

/** Only authentic questions are answered, and answers can't be forged with the help of ours. */
public class PacketsTest {

  private final Office office = new Office();

  private Optional<byte[]> askedByAnOldPbx(byte[] packet) {
    return office.desk.answer(packet, Office.OLD_PBX, Question.SECRET);
  }

  @Test
  public void whoMustAuthenticateIsNotAnsweredOtherwise() {
    byte[] other = "another-secret-altogether".getBytes(StandardCharsets.US_ASCII);
    assertEquals(Optional.empty(), office.ask(Question.ofPhone().unauthenticated().draft()));
    assertEquals(Optional.empty(), office.ask(Question.ofPhone().sharedBy(other).draft()));
    assertTrue(office.desk.tally(Office.PBX).onlyDropped());
    assertTrue(office.ask(Question.ofPhone().draft()).isPresent());
    assertEquals(2, office.desk.tally(Office.PBX).dropped.sum());
  }

  @Test
  public void aChangedByteIsNoticedWhereverItIs() {
    byte[] packet = Question.ofPhone().standard();
    for (int i = 0; i < packet.length; i++) {
      byte[] changed = packet.clone();
      changed[i] ^= 1;
      assertEquals("byte " + i, Optional.empty(), office.ask(changed));
    }
  }

  @Test
  public void whoCantAuthenticateIsAnsweredWithAnAuthenticatorAllTheSame() {
    Question question = Question.ofPhone().unauthenticated();
    byte[] answer = askedByAnOldPbx(question.draft()).orElseThrow();
    assertEquals("it is the first attribute", 80, answer[20]);
    assertTrue(question.read(answer).startsWith("accept 80 225"));
  }

  @Test
  public void withoutAnAuthenticatorAQuestionProvesNoSecretAndOnlyTheAnswerDoes() {
    byte[] other = "another-secret-altogether".getBytes(StandardCharsets.US_ASCII);
    Question question = Question.ofPhone().unauthenticated().sharedBy(other);
    Optional<byte[]> answer = askedByAnOldPbx(question.draft());
    assertTrue("nothing in it could be checked", answer.isPresent());
    assertThrows("it takes no answer of ours", AssertionError.class, () -> question.read(answer));
  }

  @Test
  public void aWrongAuthenticatorIsDroppedThoughNoneIsDemanded() {
    byte[] other = "another-secret-altogether".getBytes(StandardCharsets.US_ASCII);
    assertEquals(Optional.empty(), askedByAnOldPbx(Question.ofPhone().sharedBy(other).draft()));
  }

  @Test
  public void anAuthenticatorIsThereOnceAndWhole() {
    assertEquals(Optional.empty(), office.ask(Question.ofPhone().and(80, new byte[16]).draft()));
    Question cut = Question.ofPhone().unauthenticated().and(80, new byte[15]);
    assertEquals(Optional.empty(), askedByAnOldPbx(cut.draft()));
  }

  @Test
  public void proxiesGetTheirStateBackInOrderIfTheyProveThemselves() {
    Question question = Question.ofPhone().provedBy("f".repeat(32)).and(33, "b").and(33, "a");
    assertEquals("reject 80 33=b 33=a", question.read(office.ask(question.draft())));
    assertEquals(
        Optional.empty(),
        askedByAnOldPbx(Question.ofPhone().unauthenticated().and(33, "x").draft()));
  }

  @Test
  public void whatIsNoQuestionIsDropped() {
    byte[] packet = Question.ofPhone().unauthenticated().draft();
    for (int code = 0; code < 256; code++) {
      byte[] other = packet.clone();
      other[0] = (byte) code;
      assertEquals("code " + code, code == 1, askedByAnOldPbx(other).isPresent());
    }
    for (int length = 0; length < packet.length; length++) {
      assertEquals(Optional.empty(), askedByAnOldPbx(Arrays.copyOf(packet, length)));
    }
    byte[] longer = packet.clone();
    longer[3]++;
    assertEquals(Optional.empty(), askedByAnOldPbx(longer));
  }

  @Test
  public void paddingIsNotLookedAt() {
    byte[] packet = Question.ofPhone().draft();
    assertTrue(office.ask(Arrays.copyOf(packet, packet.length + 9)).isPresent());
  }
}
