package org.latchkey.example.jain.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.key.Aor;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RejectionReason;
import org.latchkey.registration.SipAnswer;

/**
 * The example on a real UDP socket, with an authenticator and a quarantine that are told what to
 * say.
 */
public class JainRegistrarTest {

  private static final Aor ANNA = new Aor("1001", "example.org");
  private static final SipAnswer CHALLENGE =
      new SipAnswer(
          401,
          "Unauthorized",
          List.of(
              new SipAnswer.Header(
                  "WWW-Authenticate",
                  "Digest realm=\"latchkey\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"")));
  private static final String CREDENTIALS =
      "Digest username=\"k1\", realm=\"latchkey\", nonce=\"n1\", uri=\"sip:example.org\", response=\"00000000000000000000000000000000\", qop=auth, nc=00000001, cnonce=\"c\"";

  private final AtomicLong nanos = new AtomicLong();
  private final List<RegisterRequest> asked = new ArrayList<>();
  private final List<CallAttempt> calls = new ArrayList<>();
  private Wire wire;
  private JainRegistrar registrar;

  @Before
  public void open() throws Exception {
    int port = Wire.freePort();
    registrar =
        new JainRegistrar(
            "127.0.0.1", port, "latchkey", "example.org", java.time.Clock.systemUTC(), nanos::get);
    wire = new Wire(port);
  }

  @After
  public void close() {
    wire.close();
    registrar.close();
  }

  private void authenticator(AuthenticationResult result) {
    registrar.services(
        request -> {
          asked.add(request);
          return result;
        },
        attempt -> {
          calls.add(attempt);
          return new AdmissionDecision.Admitted();
        });
  }

  private static AuthenticationResult accepted() {
    return new AuthenticationResult.Accepted("k1", ANNA, false);
  }

  private static String register(String more) {
    return Wire.request("REGISTER", "sip:example.org", "<sip:1001@example.org>", more);
  }

  private static String contact() {
    return "Contact: <sip:1001@127.0.0.1:5099>\r\nExpires: 300\r\n";
  }

  @Test
  public void theAuthenticatorSeesTheRequestAsItCame() throws Exception {
    authenticator(new AuthenticationResult.Challenged(CHALLENGE, false));
    wire.exchange(register("Authorization: " + CREDENTIALS + "\r\n" + contact()));
    RegisterRequest seen = asked.get(0);
    assertEquals("REGISTER", seen.method());
    assertEquals("sip:example.org", seen.requestUri());
    assertEquals(ANNA, seen.aor());
    assertEquals("latchkey", seen.realm().orElseThrow());
    assertTrue(seen.cseq(), seen.cseq().matches("[0-9]+ REGISTER"));
    assertTrue(seen.branch(), seen.branch().startsWith("z9hG4bK"));
    assertEquals("<sip:1001@127.0.0.1:5099>", seen.contact());
    assertEquals(wire.port(), seen.source().orElseThrow().getPort());
    String credentials = seen.authorizations().get(0).replaceAll(",\\s*", ", ");
    assertEquals(CREDENTIALS, credentials);
  }

  @Test
  public void aChallengeReachesThePhoneWithAllItsParameters() throws Exception {
    authenticator(new AuthenticationResult.Challenged(CHALLENGE, false));
    String answer = wire.exchange(register(contact()));
    assertTrue(answer, answer.startsWith("SIP/2.0 401 Unauthorized"));
    for (String parameter :
        List.of("realm=\"latchkey\"", "nonce=\"n1\"", "algorithm=MD5", "qop=\"auth\"")) {
      assertTrue(answer, answer.contains(parameter));
    }
    assertEquals(List.of(), registrar.registrations());
  }

  @Test
  public void aRegisterThatIsAcceptedIsCarriedOutAndDroppedWithItsKey() throws Exception {
    authenticator(accepted());
    String answer = wire.exchange(register(contact()));
    assertTrue(answer, answer.startsWith("SIP/2.0 200 OK"));
    assertTrue(answer, answer.contains("<sip:1001@127.0.0.1:5099>;expires=300"));
    assertEquals("k1", registrar.registrations().get(0).keyIdentifier());
    assertEquals(0, registrar.drop("k2"));
    assertEquals(1, registrar.drop("k1"));
    assertEquals(List.of(), registrar.registrations());
  }

  @Test
  public void aCopyOfOneChangesNothing() throws Exception {
    authenticator(new AuthenticationResult.Accepted("k1", ANNA, true));
    assertTrue(wire.exchange(register(contact())).startsWith("SIP/2.0 200 OK"));
    assertEquals(List.of(), registrar.registrations());
  }

  @Test
  public void aPhoneSignsOffByExpiresOfZero() throws Exception {
    authenticator(accepted());
    wire.exchange(register(contact()));
    wire.exchange(register("Contact: *\r\nExpires: 0\r\n"));
    assertEquals(List.of(), registrar.registrations());
  }

  @Test
  public void anOldPhoneIsRefusedSinceThereAreNone() throws Exception {
    authenticator(new AuthenticationResult.NotOurs("1001", CHALLENGE));
    assertTrue(wire.exchange(register(contact())).startsWith("SIP/2.0 401"));
  }

  @Test
  public void anotherDomainIsNotAskedAbout() throws Exception {
    authenticator(accepted());
    String elsewhere =
        Wire.request(
            "REGISTER", "sip:elsewhere.example", "<sip:1001@elsewhere.example>", contact());
    assertTrue(wire.exchange(elsewhere).startsWith("SIP/2.0 403"));
    assertEquals(List.of(), asked);
  }

  @Test
  public void withoutAnAuthenticatorItIsSilentForTwentySecondsAndThenUnavailable()
      throws Exception {
    assertSilent(register(contact()));
    registrar.services(
        request -> {
          throw new IllegalStateException("broken");
        },
        null);
    assertSilent(register(contact()));
    authenticator(new AuthenticationResult.Unavailable("no key", Duration.ofSeconds(7)));
    assertSilent(register(contact()));
    nanos.addAndGet(Duration.ofSeconds(21).toNanos());
    String answer = wire.exchange(register(contact()));
    assertTrue(answer, answer.startsWith("SIP/2.0 503") && answer.contains("Retry-After: 7"));
    assertEquals(List.of(), registrar.registrations());
  }

  @Test
  public void aProvedCallIsRedirectedWhenTheQuarantineAdmitsIt() throws Exception {
    authenticator(accepted());
    wire.exchange(register(contact()));
    String answer = wire.exchange(invite("sip:1001@example.org"));
    assertTrue(answer, answer.startsWith("SIP/2.0 302") && answer.contains("127.0.0.1:5099"));
    assertTrue(wire.exchange(invite("sip:1009@example.org")).startsWith("SIP/2.0 480"));
    CallAttempt attempt = calls.get(0);
    Originator.Phone caller =
        attempt.originator().fold(phone -> phone, unproved -> null, trusted -> null);
    assertEquals(ANNA, caller.aor());
    assertTrue(caller.registered());
    assertEquals("k1", attempt.calledKeyIdentifier().orElseThrow());
    assertTrue("a proxy asks", asked.get(1).proxy());
  }

  @Test
  public void theQuarantinesWordReachesThePhone() throws Exception {
    authenticator(accepted());
    registrar.services(
        request -> accepted(),
        attempt ->
            new AdmissionDecision.Refused(403, "Call 7000", AdmissionDecision.RefusalReason.HELD));
    String answer = wire.exchange(invite("sip:1002@example.org"));
    assertTrue(answer, answer.startsWith("SIP/2.0 403 Call 7000"));
    registrar.services(
        request -> accepted(),
        attempt ->
            new AdmissionDecision.Permitted(
                new PermittedDestinations.Destination(
                    "112", "sip:112@trunk.example", PermittedDestinations.Kind.EMERGENCY)));
    answer = wire.exchange(invite("sip:112@anywhere.example"));
    assertTrue(answer, answer.startsWith("SIP/2.0 302") && answer.contains("112@trunk.example"));
  }

  @Test
  public void withoutAQuarantineNoCallGoes() throws Exception {
    registrar.services(request -> accepted(), null);
    assertTrue(wire.exchange(invite("sip:1002@example.org")).startsWith("SIP/2.0 503"));
    registrar.services(
        request -> accepted(),
        attempt -> {
          throw new IllegalStateException("broken");
        });
    assertTrue(wire.exchange(invite("sip:1002@example.org")).startsWith("SIP/2.0 503"));
    registrar.services(
        request -> accepted(),
        attempt -> new AdmissionDecision.Unavailable("no holds", Duration.ofSeconds(5)));
    assertTrue(wire.exchange(invite("sip:1002@example.org")).startsWith("SIP/2.0 503"));
  }

  @Test
  public void whoProvedNothingCallsNobody() throws Exception {
    authenticator(
        new AuthenticationResult.Rejected(
            new SipAnswer(407, "Proxy Authentication Required", List.of()),
            RejectionReason.WRONG_SECRET));
    assertTrue(wire.exchange(invite("sip:1002@example.org")).startsWith("SIP/2.0 407"));
    assertEquals(List.of(), calls);
  }

  /** An OPTIONS that is answered says that what came before it was not. */
  private void assertSilent(String request) throws Exception {
    wire.send(request);
    String next =
        wire.exchange(Wire.request("OPTIONS", "sip:example.org", "<sip:example.org>", ""));
    assertTrue(next, next.contains("OPTIONS") && next.startsWith("SIP/2.0 200"));
  }

  private static String invite(String uri) {
    return Wire.request("INVITE", uri, '<' + uri + '>', "Contact: <sip:1001@127.0.0.1:5099>\r\n");
  }
}
