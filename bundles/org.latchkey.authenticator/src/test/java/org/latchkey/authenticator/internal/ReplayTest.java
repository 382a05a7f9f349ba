package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.registration.RegisterRequest;

/** The same credentials again: a retransmission is answered as before, anything else is not. */
public class ReplayTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;
  private Phone phone;
  private String nonce;

  @Before
  public void registerOnce() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
    phone = office.phone();
    nonce = Office.nonce(office.ask(phone.knock()));
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
  }

  private String again(UnaryOperator<RegisterRequest.Builder> change) {
    RegisterRequest.Builder same =
        phone.builder().authorizations(List.of(phone.authorization(nonce)));
    return Office.words(office.ask(change.apply(same).build()));
  }

  @Test
  public void anExactRetransmissionIsAcceptedAgain() {
    assertEquals("retransmission", again(b -> b));
    office.clock.pass(Duration.ofSeconds(32));
    assertEquals("retransmission", again(b -> b));
    assertEquals(1, office.registered.size());
  }

  @Test
  public void after32SecondsTheSameRequestIsAReplay() {
    office.clock.pass(Duration.ofMillis(32_001));
    assertEquals("REPLAYED", again(b -> b));
  }

  @Test
  public void aRetransmissionDoesNotProlongItsTime() {
    office.clock.pass(Duration.ofSeconds(31));
    assertEquals("retransmission", again(b -> b));
    office.clock.pass(Duration.ofSeconds(2));
    assertEquals("REPLAYED", again(b -> b));
  }

  @Test
  public void anythingLessEqualIsAReplay() {
    Map<String, UnaryOperator<RegisterRequest.Builder>> changes = new LinkedHashMap<>();
    changes.put("another Contact", b -> b.contact("<sip:1001@198.51.100.66>"));
    changes.put("no Contact", b -> b.contact(""));
    changes.put("another Call-ID", b -> b.callId("call-2@192.0.2.7"));
    changes.put("another CSeq", b -> b.cseq("2 REGISTER"));
    changes.put("another branch", b -> b.branch("z9hG4bK2"));
    changes.put("another address", b -> b.source(new InetSocketAddress("192.0.2.8", 5060)));
    changes.put("another port", b -> b.source(new InetSocketAddress("192.0.2.7", 5061)));
    changes.put("fields that run together", b -> b.callId("call-1@192.0.2.71").cseq(" REGISTER"));
    changes.forEach(
        (words, change) -> {
          registerOnce();
          assertEquals(words, "REPLAYED", again(change));
          assertEquals("retransmission", again(b -> b));
        });
  }

  @Test
  public void aReplayIsToldThatItsNonceIsStaleSoThatNoPhoneGivesUp() {
    String challenge =
        Office.answer(
                office.ask(
                    phone
                        .builder()
                        .contact("<sip:1001@198.51.100.66>")
                        .authorizations(List.of(phone.authorization(nonce)))
                        .build()))
            .headers()
            .get(0)
            .value();
    assertEquals("stale=true", challenge.substring(challenge.lastIndexOf(", ") + 2));
  }

  @Test
  public void alsoOfLongRequestsOnlyTheSameIsARetransmission() {
    String contact = "<sip:a@192.0.2.7>;x=" + "y".repeat(2000);
    String second = Office.nonce(office.ask(phone.knock()));
    UnaryOperator<RegisterRequest.Builder> answer =
        b -> b.authorizations(List.of(phone.authorization(second)));
    assertEquals("accepted", again(b -> answer.apply(b).contact(contact).callId("c")));
    assertEquals("retransmission", again(b -> answer.apply(b).contact(contact).callId("c")));
    assertEquals("REPLAYED", again(b -> answer.apply(b).contact(contact + "y").callId("c")));
    assertEquals("REPLAYED", again(b -> answer.apply(b).contact(contact).callId("d")));
    assertEquals("REPLAYED", again(b -> answer.apply(b).contact("c" + contact).callId("")));
    InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.99", 5060);
    assertEquals(
        "REPLAYED", again(b -> answer.apply(b).contact(contact).callId("c").source(elsewhere)));
  }

  @Test
  public void theSameCountForAnotherMethodIsAReplay() {
    phone.method = "INVITE";
    assertEquals("REPLAYED", again(b -> b));
  }

  @Test
  public void anyHigherCountIsFine() {
    for (String nc : List.of("00000002", "00000005", "0000004f", "FFFFFFFE", "ffffffff")) {
      phone.nc = nc;
      assertEquals(nc, "accepted", again(b -> b));
    }
  }

  @Test
  public void countsThatWereOvertakenAreAcceptedOnceWithin64() {
    phone.nc = "00000050";
    assertEquals("accepted", again(b -> b));
    phone.nc = "00000011";
    assertEquals("accepted", again(b -> b.branch("z9hG4bK3")));
    assertEquals("REPLAYED", again(b -> b.branch("z9hG4bK4")));
    phone.nc = "00000010";
    assertEquals("REPLAYED", again(b -> b));
  }

  @Test
  public void severalRequestsWithOneNonceMayAllBeRetransmitted() {
    for (String nc : List.of("00000002", "00000003", "00000004")) {
      phone.nc = nc;
      assertEquals("accepted", again(b -> b));
    }
    for (String nc : List.of("00000001", "00000002", "00000003", "00000004")) {
      phone.nc = nc;
      assertEquals("retransmission", again(b -> b));
    }
  }

  @Test
  public void aWrongResponseMovesNothing() {
    phone.nc = "0000ffff";
    assertEquals("WRONG_SECRET", Office.words(office.ask(phone.withSecret("guess").answer(nonce))));
    phone.nc = "00000002";
    assertEquals("accepted", again(b -> b));
  }

  @Test
  public void aRetransmissionOfARevokedKeyIsRefused() {
    office.keys.revoked.add(phone.username);
    assertEquals("REVOKED", again(b -> b));
  }

  @Test
  public void aRetransmissionMayOutliveItsNonceButNothingNewMay() {
    office.clock.pass(Duration.ofSeconds(59));
    phone.nc = "00000002";
    assertEquals("accepted", again(b -> b));
    office.clock.pass(Duration.ofSeconds(2));
    assertEquals("retransmission", again(b -> b));
    assertEquals("stale", again(b -> b.contact("<sip:1001@198.51.100.66>")));
    phone.nc = "00000003";
    assertEquals("stale", again(b -> b));
  }

  @Test
  public void aReplayAfterTheRecordWasSweptIsStale() {
    for (int second = 0; second < 600; second += 7) {
      office.clock.pass(Duration.ofSeconds(7));
      Phone other = office.phone();
      other.callId = "other-" + second;
      String fresh = Office.nonce(office.ask(other.knock()));
      assertEquals("accepted", Office.words(office.ask(other.answer(fresh))));
      phone.callId = "replay-" + second;
      String replay = again(b -> b);
      assertEquals(second <= 53 ? "REPLAYED" : "stale", replay);
    }
  }
}
