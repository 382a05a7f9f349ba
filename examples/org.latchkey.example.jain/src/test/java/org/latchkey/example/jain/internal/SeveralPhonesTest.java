package org.latchkey.example.jain.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Clock;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;
import org.latchkey.registration.AuthenticationResult;

/** Several phones of one extension, each with its own key, and keys that end meanwhile. */
public class SeveralPhonesTest {

  private static final Aor ANNA = new Aor("1001", "example.org");
  private static final CallAdmission EVERYBODY = attempt -> new AdmissionDecision.Admitted();

  private Wire wire;
  private JainRegistrar registrar;

  @Before
  public void open() throws Exception {
    int port = Wire.freePort();
    registrar =
        new JainRegistrar(
            "127.0.0.1", port, "latchkey", "example.org", Clock.systemUTC(), System::nanoTime);
    wire = new Wire(port);
  }

  @After
  public void close() {
    wire.close();
    registrar.close();
  }

  private String registers(String key, String more) throws Exception {
    registrar.services(request -> new AuthenticationResult.Accepted(key, ANNA, false), EVERYBODY);
    return wire.exchange(
        Wire.request("REGISTER", "sip:example.org", "<sip:1001@example.org>", more));
  }

  private static String contact(int port) {
    return "Contact: <sip:1001@127.0.0.1:%d>\r\nExpires: 300\r\n".formatted(port);
  }

  private List<String> keys() {
    return registrar.registrations().stream().map(Registration::keyIdentifier).sorted().toList();
  }

  private String call() throws Exception {
    return wire.exchange(
        Wire.request("INVITE", "sip:1001@example.org", "<sip:1001@example.org>", contact(5099)));
  }

  @Test
  public void allOfThemAreRegisteredAndCalled() throws Exception {
    registers("k1", contact(5091));
    String answer = registers("k2", contact(5092));
    for (String heard : List.of(answer, call())) {
      assertTrue(heard, heard.contains("127.0.0.1:5091") && heard.contains("127.0.0.1:5092"));
    }
    assertEquals(List.of("k1", "k2"), keys());
  }

  @Test
  public void aPhoneThatRegistersAnewHasOneRegistration() throws Exception {
    registers("k1", contact(5091));
    registers("k1", contact(5091));
    assertEquals(List.of("k1"), keys());
    registers("k3", contact(5091));
    assertEquals("with its next key, too", List.of("k3"), keys());
  }

  @Test
  public void aPhoneSignsOffNobodyButItself() throws Exception {
    registers("k1", contact(5091));
    registers("k2", contact(5092));
    registers("k1", "Contact: *\r\nExpires: 0\r\n");
    registers("k1", "Contact: <sip:1001@127.0.0.1:5092>;expires=0\r\n");
    assertEquals(List.of("k2"), keys());
    registers("k2", "Contact: <sip:1001@127.0.0.1:5092>;expires=0\r\n");
    assertEquals(List.of(), keys());
  }

  @Test
  public void aHeldPhoneDoesNotRingAndTheOthersDo() throws Exception {
    registers("k1", contact(5091));
    registers("k2", contact(5092));
    registrar.services(
        request -> new AuthenticationResult.Accepted("k2", ANNA, false),
        attempt ->
            attempt.calledKeyIdentifier().filter("k1"::equals).isPresent()
                ? new AdmissionDecision.Refused(
                    403, "Call 7000", AdmissionDecision.RefusalReason.HELD)
                : new AdmissionDecision.Admitted());
    String answer = call();
    assertTrue(answer, answer.startsWith("SIP/2.0 302") && answer.contains("127.0.0.1:5092"));
    assertFalse(answer, answer.contains("127.0.0.1:5091"));
    registrar.drop("k2");
    assertTrue(call().startsWith("SIP/2.0 403 Call 7000"));
  }

  @Test
  public void oneTooManyTakesThePlaceOfTheOldest() throws Exception {
    for (int phone = 0; phone < 11; phone++) {
      registers("k" + phone, contact(5100 + phone));
    }
    assertEquals(10, keys().size());
    assertFalse(keys().contains("k0"));
  }

  @Test
  public void aKeyThatIsDroppedWhileItsRegisterIsJudgedIsNotRegistered() throws Exception {
    registrar.services(
        request -> {
          registrar.drop("k1");
          return new AuthenticationResult.Accepted("k1", ANNA, false);
        },
        EVERYBODY);
    String answer =
        wire.exchange(
            Wire.request("REGISTER", "sip:example.org", "<sip:1001@example.org>", contact(5091)));
    assertTrue(answer, answer.startsWith("SIP/2.0 503") && answer.contains("Retry-After: 5"));
    assertEquals(List.of(), keys());
    registers("k1", contact(5091));
    assertEquals("the next one is judged anew", List.of("k1"), keys());
  }
}
