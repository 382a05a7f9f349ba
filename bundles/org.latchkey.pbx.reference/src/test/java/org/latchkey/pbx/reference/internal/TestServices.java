package org.latchkey.pbx.reference.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedCallListener;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.key.PhoneMoves;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RegistrationAuthenticator;

/** Latchkey's services as a test wants them: each can be taken away and put back. */
final class TestServices implements LatchkeyServices {

  final KeyedAuthenticator keyed = new KeyedAuthenticator();
  final BlockingQueue<CallAttempt> attempts = new LinkedBlockingQueue<>();
  final BlockingQueue<PermittedCall> permittedCalls = new LinkedBlockingQueue<>();
  final BlockingQueue<PhoneEvent> events = new LinkedBlockingQueue<>();
  volatile Optional<RegistrationAuthenticator> authenticator = Optional.of(keyed);
  final Set<String> revoked = ConcurrentHashMap.newKeySet();
  volatile Optional<RegistrationKeys> keys = Optional.of(new TestKeys(revoked));
  final TestHa1s testHa1s = new TestHa1s(revoked);
  volatile Optional<Ha1Source> ha1s = Optional.of(testHa1s);
  volatile Optional<PhoneMoves> moves = Optional.empty();
  volatile Optional<CallAdmission> admission = Optional.of(this::registeredOrTrusted);

  @Override
  public Optional<RegistrationAuthenticator> authenticator() {
    return authenticator;
  }

  @Override
  public Optional<CallAdmission> admission() {
    return admission;
  }

  @Override
  public Optional<PhoneJournal> journal() {
    return Optional.of(
        new PhoneJournal() {
          @Override
          public void note(PhoneEvent event) {
            events.add(event);
          }

          @Override
          public List<PhoneEvent> recent(String phone, int limit) {
            return List.of();
          }
        });
  }

  @Override
  public Optional<RegistrationKeys> keys() {
    return keys;
  }

  @Override
  public Optional<Ha1Source> ha1s() {
    return ha1s;
  }

  @Override
  public Optional<PhoneMoves> moves() {
    return moves;
  }

  @Override
  public List<PermittedCallListener> permittedCallListeners() {
    return List.of(permittedCalls::add);
  }

  /** The key of the next phone, among strangers, whose call to a permitted destination was told. */
  String nextPhoneThatCalledForHelp() throws InterruptedException {
    String key = "";
    while (key.isEmpty()) {
      PermittedCall told = permittedCalls.poll(20, TimeUnit.SECONDS);
      if (told == null) {
        throw new AssertionError("no phone was told to have called");
      }
      key = told.originator().fold(Originator.Phone::keyIdentifier, u -> "", t -> "");
    }
    return key;
  }

  private AdmissionDecision registeredOrTrusted(CallAttempt attempt) {
    attempts.add(attempt);
    boolean admitted =
        attempt.originator().fold(Originator.Phone::registered, unproved -> false, trusted -> true);
    return admitted
        ? new AdmissionDecision.Admitted()
        : new AdmissionDecision.Refused(
            403, "Ask the help desk: 7000", AdmissionDecision.RefusalReason.NOT_REGISTERED);
  }

  static AdmissionDecision unavailable() {
    return new AdmissionDecision.Unavailable("told to be", Duration.ofSeconds(5));
  }
}
