package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.registration.AuthenticationResult;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.RegisterRequest;

/** What comes late or comes again: results of checks, drops and copies of a REGISTER. */
public class RegisteringAgainTest {

  private final PbxRig rig = new PbxRig();
  private final CountDownLatch checked = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aCheckThatBeganBeforeADropDoesNotRegisterAfterIt() throws Exception {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(this::acceptedButToldLate);
      phone.send(phone.register(600).build());
      assertTrue(checked.await(10, TimeUnit.SECONDS));
      assertEquals(0, rig.pbx.drop("k1001"));
      goOn.countDown();
      SipMessage answer = phone.next();
      assertEquals(503, answer.status());
      assertEquals(Optional.of("1"), answer.header("Retry-After"));
      assertEquals(0, rig.pbx.bindings().size());
      rig.services.authenticator = Optional.of(rig.services.keyed);
      phone.registered();
      assertEquals("a key that is still valid registers anew", 1, rig.pbx.bindings().size());
    }
  }

  @Test
  public void theDropOfAnotherKeyIsNoReason() throws Exception {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(this::acceptedButToldLate);
      phone.send(phone.register(600).build());
      assertTrue(checked.await(10, TimeUnit.SECONDS));
      rig.pbx.drop("k1002");
      goOn.countDown();
      assertEquals(200, phone.next().status());
      assertEquals(1, rig.pbx.bindings().size());
    }
  }

  @Test
  public void aCopyOfARegisterWithAnotherExpiresDoesNotUnregister() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), false));
      SipMessage register = phone.register(600).build();
      phone.send(register);
      assertEquals(200, phone.next().status());
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), true));
      phone.send(register.edit().set("Expires", "0").build());
      SipMessage answer = phone.next();
      assertEquals(200, answer.status());
      assertTrue(answer.header("Contact").isPresent());
      assertEquals(1, rig.pbx.bindings().all().size());
    }
  }

  @Test
  public void aCopyOfTheRegisterBeforeAPhoneStartedAnewDoesNotUnregisterIt() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), false));
      SipMessage before = phone.register(600).build();
      phone.send(before);
      assertEquals(200, phone.next().status());
      phone.send(phone.register(600).build());
      assertEquals("with another Call-ID", 200, phone.next().status());
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), true));
      phone.send(before.edit().set("Expires", "0").build());
      assertTrue(phone.next().header("Contact").isPresent());
      assertEquals(1, rig.pbx.bindings().all().size());
    }
  }

  @Test
  public void aCopyOfAnUnregisteringOneWithAnotherExpiresDoesNotRegister() throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), false));
      phone.send(phone.register(600).build());
      assertEquals(200, phone.next().status());
      SipMessage leaving = phone.register(0).build();
      phone.send(leaving);
      assertFalse(phone.next().header("Contact").isPresent());
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), true));
      phone.send(leaving.edit().set("Expires", "600").build());
      assertFalse(phone.next().header("Contact").isPresent());
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void aRegisterWhoseFirstAcceptanceNobodyHeardIsCarriedOutWhenItComesAgain()
      throws IOException {
    try (TestPhone phone = TestPhone.udp("1001", rig)) {
      rig.services.authenticator = Optional.of(request -> accepted(request.aor(), true));
      phone.send(phone.register(600).build());
      assertEquals(200, phone.next().status());
      assertEquals(1, rig.pbx.bindings().all().size());
    }
  }

  private AuthenticationResult acceptedButToldLate(RegisterRequest request) {
    checked.countDown();
    try {
      assertTrue(goOn.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return accepted(request.aor(), false);
  }

  private static Accepted accepted(Aor aor, boolean retransmission) {
    return new Accepted(KeyedAuthenticator.keyOf(aor.user()), aor, retransmission);
  }
}
