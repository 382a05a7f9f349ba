package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.key.PhoneMoves;
import org.latchkey.key.Secret;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** The short code of users who move. */
public class MoveCallsTest {

  private static final String CODE = "sip:*99*1001*12345678@example.org";
  private static final String REFUSED = "403 Extension or PIN not accepted";

  private final PbxRig rig = new PbxRig();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private CompletionStage<PhoneMoves.Outcome> outcome =
      CompletableFuture.completedFuture(PhoneMoves.Outcome.MOVED);

  @Before
  public void anAgent() {
    rig.services.moves = Optional.of(new Agent());
  }

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aPhoneDialsItAndNobodyElseHearsOfTheDigits() throws IOException {
    try (TestPhone phone = TestPhone.udp("1005", rig).registered()) {
      SipMessage answer = phone.proved(phone.invite(CODE).build());
      assertEquals("480 This phone fetches its new extension", said(answer));
    }
    assertEquals(List.of("k1005 127.0.0.1 1001 12345678"), List.copyOf(asked));
    nobodyHeard();
  }

  @Test
  public void aPhoneThatIsNotRegisteredOrWhoseCallsNobodyAdmitsDialsItToo() throws IOException {
    rig.services.admission = Optional.empty();
    try (TestPhone phone = TestPhone.udp("1005", rig)) {
      assertEquals(480, phone.proved(phone.invite(CODE).build()).status());
    }
    assertEquals(480, answerTo("sip:%2A99%2a1001*12345678%23@elsewhere;user=phone").status());
    assertEquals(480, answerTo("tel:*99*1001*12345678").status());
    assertEquals(3, asked.size());
  }

  @Test
  public void everyRefusalIsTheSameAndLeavesAtABeat() throws IOException {
    List<String> refusals = new ArrayList<>();
    outcome = CompletableFuture.completedFuture(PhoneMoves.Outcome.REFUSED);
    refusals.add(refusal(CODE));
    outcome = CompletableFuture.failedFuture(new IllegalStateException("broken"));
    refusals.add(refusal(CODE));
    for (String dialled :
        List.of("*99", "*99*1001", "*99*1001*1234567", "*99*1*123456789", "*991")) {
      refusals.add(refusal("sip:" + dialled + "@example.org"));
    }
    rig.services.moves = Optional.of((key, source, extension, pin) -> null);
    refusals.add(refusal(CODE));
    rig.services.moves =
        Optional.of(
            (key, source, extension, pin) -> {
              throw new IllegalStateException("broken");
            });
    refusals.add(refusal(CODE));
    rig.services.moves = Optional.empty();
    refusals.add(refusal(CODE));
    assertEquals(1, refusals.stream().distinct().count());
    assertEquals("only complete ones are asked about", 2, asked.size());
    nobodyHeard();
  }

  @Test
  public void aTrunkIsRefusedAsAPhoneIs() throws IOException {
    try (TestPhone trunk = TestPhone.udp("trunk", rig)) {
      rig.trunks("trunk=127.0.0.1:" + trunk.port());
      trunk.send(trunk.invite(CODE).build());
      assertEquals(REFUSED, said(trunk.finalAnswer()));
    }
    assertTrue(asked.isEmpty());
  }

  @Test
  public void emergencyNumbersGoBeforeItWhateverItIs() throws Exception {
    List<String> numbers =
        List.of("112", "911", "urn:service:sos", "*99", "*991", "*99*1*12345678");
    try (TestPhone trunk = TestPhone.udp("trunk", rig);
        TestPhone phone = TestPhone.tcp("1005", rig).registered()) {
      rig.emergencyAt(trunk, numbers);
      for (String code : List.of("*99", "112", "*", "#1", "", "7000", "1", "*9912345678")) {
        rig.moveCode(code);
        for (String number : numbers) {
          reaches(trunk, phone, number.startsWith("urn:") ? number : uri(number));
        }
        reaches(trunk, phone, uri("7000"));
      }
    }
    assertTrue(asked.isEmpty());
  }

  @Test
  public void aCodeThatAPermittedDestinationBeginsWithIsOffAndStillNobodyElsesBusiness()
      throws IOException {
    try (TestPhone trunk = TestPhone.udp("trunk", rig)) {
      rig.emergencyAt(trunk, List.of("112", "*9911"));
      assertEquals(REFUSED, said(answerTo(CODE)));
      assertTrue(asked.isEmpty());
      nobodyHeard();
      rig.emergencyAt(trunk, List.of("112"));
      assertEquals("480 This phone fetches its new extension", said(answerTo(CODE)));
      rig.moveCode("");
      assertEquals("480 Temporarily Unavailable", said(answerTo(CODE)));
    }
  }

  /** Were it so long after the decision, the answer would tell how long that took. */
  @Test
  public void whatTookLongerLeavesAtTheNextBeatAfterTheCallAndNotAfterTheDecision()
      throws IOException {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 5 && shortest >= 1_750; i++) {
      outcome =
          CompletableFuture.supplyAsync(
              () -> PhoneMoves.Outcome.REFUSED,
              CompletableFuture.delayedExecutor(1_300, TimeUnit.MILLISECONDS));
      long since = System.nanoTime();
      assertEquals(REFUSED, said(answerTo(CODE)));
      shortest = Math.min(shortest, Duration.ofNanos(System.nanoTime() - since).toMillis());
    }
    assertTrue("after " + shortest, shortest >= 1_500 && shortest < 1_750);
  }

  @Test
  public void aCallerWhoGivesUpMeanwhileIsAnsweredOnce() throws IOException {
    CompletableFuture<PhoneMoves.Outcome> late = new CompletableFuture<>();
    outcome = late;
    try (TestPhone phone = TestPhone.tcp("1005", rig).registered()) {
      SipMessage invite = phone.invite(CODE).build();
      phone.send(invite);
      assertEquals(100, phone.next().status());
      phone.send(cancel(invite));
      assertEquals(200, phone.finalAnswer().status());
      assertEquals(487, phone.finalAnswer().status());
      late.complete(PhoneMoves.Outcome.MOVED);
      outcome = CompletableFuture.completedFuture(PhoneMoves.Outcome.REFUSED);
      phone.send(phone.invite(CODE).build());
      assertEquals("nothing between", REFUSED, said(phone.finalAnswer()));
    }
  }

  @Test
  public void anAgentThatHangsHoldsUpNobodyAndIsAskedSoMuchAndNoMore() throws IOException {
    outcome = new CompletableFuture<>();
    try (TestPhone phone = TestPhone.tcp("1005", rig).registered()) {
      for (int i = 0; i < 65; i++) {
        phone.send(phone.invite(CODE).build());
      }
      assertEquals("the last one at once", REFUSED, said(phone.finalAnswer()));
      assertEquals(64, asked.size());
      phone.send(phone.register(600).build());
      assertEquals("and the others after five seconds", 401, phone.finalAnswer().status());
      assertEquals(REFUSED, said(phone.finalAnswer()));
    }
  }

  /** Bytes of the refusal, but for what differs from call to call. */
  private String refusal(String uri) throws IOException {
    long since = System.nanoTime();
    SipMessage answer = answerTo(uri);
    long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
    assertTrue("after " + millis, millis >= 500);
    assertEquals(REFUSED, said(answer));
    SipMessage.Editor same = answer.edit();
    List.of("Via", "From", "To", "Call-ID", "CSeq").forEach(same::remove);
    return new String(same.build().bytes(), StandardCharsets.US_ASCII);
  }

  private static void reaches(TestPhone trunk, TestPhone phone, String uri) {
    SipMessage invite = phone.invite(uri).build();
    phone.send(invite);
    SipMessage ringing = trunk.nextRequest("INVITE");
    while (!ringing.callId().equals(invite.callId())) {
      ringing = trunk.nextRequest("INVITE");
    }
    trunk.send(trunk.answer(ringing, 486).build());
    assertEquals(uri, 486, phone.finalAnswer().status());
  }

  private void nobodyHeard() {
    assertTrue(rig.services.attempts.isEmpty());
    assertFalse(rig.services.events.toString().contains("12345678"));
  }

  private SipMessage answerTo(String uri) throws IOException {
    try (TestPhone phone = TestPhone.tcp("1005", rig).registered()) {
      phone.send(phone.invite(uri).build());
      return phone.finalAnswer();
    }
  }

  private static String uri(String number) {
    return "sip:" + number + "@example.org";
  }

  private static String said(SipMessage answer) {
    return answer.status() + " " + answer.reason();
  }

  private static SipMessage cancel(SipMessage invite) {
    SipMessage.Editor cancel = SipMessage.request("CANCEL", invite.uri());
    for (String name : List.of("Via", "Max-Forwards", "From", "To", "Call-ID")) {
      cancel.add(name, invite.header(name).orElseThrow());
    }
    return cancel.add("CSeq", invite.cseq() + " CANCEL").build();
  }

  private final class Agent implements PhoneMoves {
    @Override
    public CompletionStage<Outcome> move(
        String keyIdentifier, InetAddress source, String extension, Secret pin) {
      String digits = new String(pin.copy(), StandardCharsets.US_ASCII);
      asked.add(keyIdentifier + ' ' + source.getHostAddress() + ' ' + extension + ' ' + digits);
      return outcome;
    }
  }
}
