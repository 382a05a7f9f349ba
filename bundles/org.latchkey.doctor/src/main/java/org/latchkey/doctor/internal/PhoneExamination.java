package org.latchkey.doctor.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.doctor.internal.sip.ProbePhone;
import org.latchkey.doctor.internal.sip.ProbePhone.Login;
import org.latchkey.doctor.internal.sip.SipMessage;
import org.latchkey.doctor.internal.sip.SipPort;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolments.Ended;
import org.latchkey.pbx.Registration;

/** What a phone does with its key: register, call, be held, be revoked. */
final class PhoneExamination implements AutoCloseable {

  static final String SIP = "SIP port";
  static final String CALL_BEFORE = "call before registration";
  static final String PERMITTED_BEFORE = "permitted call before registration";
  static final String WRONG_KEY = "registration with a wrong key";
  static final String RIGHT_KEY = "registration with the right key";
  static final String CALL = "call after registration";
  static final String HELD = "call while held";
  static final String PERMITTED_HELD = "permitted call while held";
  static final String RELEASED = "call after release";
  static final String REVOKED = "registration after revocation";

  private static final Pattern HOST_PORT =
      Pattern.compile("@(\\[[^]]+\\]|[^:;>]+)(?::([0-9]{1,5}))?");

  private final Surroundings surroundings;
  private final String testDestination;
  private final Findings findings;
  private final Duration patience;
  private @Nullable SipListener listener;
  private @Nullable SipPort port;
  private @Nullable SipPort testPort;
  private @Nullable ProbePhone phone;
  private @Nullable Probe probe;

  /** The examination of what phones do, with one destination that is always permitted. */
  PhoneExamination(
      Surroundings surroundings, String testDestination, Findings findings, Duration patience) {
    this.surroundings = surroundings;
    this.testDestination = testDestination;
    this.findings = findings;
    this.patience = patience;
  }

  /** Carries out all steps with the probe, if there is one. */
  void run(@Nullable Probe given) {
    probe = given;
    List<String> ready = List.of(Examination.FETCH, SIP);
    List<String> registered = List.of(RIGHT_KEY);
    findings.examine(SIP, List.of(), this::listener);
    findings.examine(CALL_BEFORE, ready, () -> refused(itself()));
    findings.examine(PERMITTED_BEFORE, ready, this::permitted);
    findings.examine(WRONG_KEY, ready, this::wrongKey);
    findings.examine(RIGHT_KEY, ready, this::rightKey);
    findings.examine(CALL, registered, this::answered);
    findings.examine(HELD, registered, this::held);
    findings.examine(PERMITTED_HELD, List.of(HELD, PERMITTED_BEFORE), this::permitted);
    findings.examine(RELEASED, List.of(HELD), this::released);
    findings.examine(REVOKED, registered, this::revoked);
  }

  @Override
  public void close() {
    if (port != null) {
      port.close();
    }
    if (testPort != null) {
      testPort.close();
    }
  }

  private String listener() throws Trouble, IOException {
    var registrar = surroundings.requireAgent().site().registrar();
    listener = new SipListener(registrar.host(), registrar.port(), patience);
    return listener.check(surroundings.pbxs());
  }

  private String wrongKey() throws Exception {
    byte[] wrong = probe().secret().clone();
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = (byte) (wrong[i] == 'a' ? 'b' : 'a');
    }
    SipMessage answer = answer(phone().register(new Login(probe().keyIdentifier(), wrong)));
    if (answer.status() / 100 == 2) {
      throw new Trouble(
          "The PBX registered the probe with a wrong key.",
          "Anybody can register there: it does not ask Latchkey. Correct its adapter before a phone relies on it.");
    }
    return expected(answer, 401, "log:display tells what the PBX makes of it.");
  }

  private String rightKey() throws Exception {
    SipMessage answer = answer(phone().register(login()));
    String saw =
        expected(
            answer,
            200,
            "latchkey:why %s tells the reason; latchkey:status whether the realms differ."
                .formatted(probe().keyIdentifier()));
    if (!surroundings.pbxs().isEmpty() && registrations().isEmpty()) {
      throw new Trouble(
          "It answered 200, but no PBX of this node has the registration.",
          "Another program answers at the registrar's address: ss -lunp.");
    }
    return saw;
  }

  private String answered() throws Exception {
    SipMessage answer = answer(phone().call(itself(), login()));
    String saw = expected(answer, 200, why());
    if (port == null || port.answeredCall().isEmpty()) {
      throw new Trouble("The call was answered, but not by the probe.", why());
    }
    return saw;
  }

  private String refused(String user) throws Exception {
    return expected(
        answer(phone().call(user, login())),
        403,
        "The quarantine does not gate calls: latchkey:status tells how it and the PBX are.");
  }

  private String permitted() throws Exception {
    Destination destination =
        surroundings.requireQuarantine().permitted().all().stream()
            .filter(one -> one.dialled().equals(testDestination) && one.kind() == Kind.TEST)
            .findFirst()
            .orElseThrow(
                () ->
                    new Trouble(
                        "There is no permitted test destination %s.".formatted(testDestination),
                        "Set test in etc/org.latchkey.destinations.cfg, and testDestination in etc/org.latchkey.doctor.cfg to its dialled string."));
    SipPort answering = testPort(destination.target());
    SipMessage answer = answer(phone().call(testDestination, login()));
    String next =
        "Emergency calls go the same way. Compare etc/org.latchkey.destinations.cfg with latchkey:status.";
    String saw = expected(answer, 200, next);
    if (answering.answeredCall().isEmpty()) {
      throw new Trouble("Somebody else answered in place of " + destination.target() + '.', next);
    }
    return saw;
  }

  private String held() throws Exception {
    surroundings
        .requireQuarantine()
        .hold(probe().keyIdentifier(), "examination", ProbeTraces.ACTOR);
    return refused(itself());
  }

  private String released() throws Exception {
    surroundings.requireQuarantine().release(probe().keyIdentifier(), ProbeTraces.ACTOR);
    return answered();
  }

  private String revoked() throws Exception {
    Ended end =
        surroundings
            .requireAgent()
            .revoke(probe().keyIdentifier(), "end of the examination", ProbeTraces.ACTOR);
    List<Registration> left = registrations();
    if (!left.isEmpty() || end.keys().isEmpty()) {
      throw new Trouble(
          "The key is revoked, but its registration is still there.",
          "Restart the bundle of the PBX to drop it; log:display tells why it did not.");
    }
    return expected(
        answer(phone().register(login())),
        401,
        "A revoked key registers: latchkey:status tells whether this node knows the revocations.");
  }

  private List<Registration> registrations() throws Trouble {
    String key = probe().keyIdentifier();
    return surroundings.pbxs().stream()
        .flatMap(pbx -> pbx.registrations().stream())
        .filter(one -> one.keyIdentifier().equals(key))
        .toList();
  }

  private SipMessage answer(Optional<SipMessage> answer) throws Trouble {
    return answer.orElseThrow(
        () ->
            new Trouble(
                "There was no answer within %d ms.".formatted(patience.toMillis()),
                "latchkey:status tells whether authenticator and quarantine run; the PBX waits for them."));
  }

  private static String expected(SipMessage answer, int status, String next) throws Trouble {
    if (answer.status() != status) {
      throw new Trouble(
          "The answer was %s where %d is right.".formatted(answer.statusLine(), status), next);
    }
    return "The answer was " + answer.statusLine() + '.';
  }

  private String why() throws Trouble {
    return "latchkey:why %s tells what the PBX made of it.".formatted(probe().keyIdentifier());
  }

  private SipPort testPort(String target) throws Trouble, IOException {
    if (testPort == null) {
      Matcher matcher = HOST_PORT.matcher(target);
      if (!matcher.find()) {
        throw new Trouble(
            "The test destination leads to %s, which has no host.".formatted(target),
            "Correct the setting test in etc/org.latchkey.destinations.cfg.");
      }
      int number = matcher.group(2) == null ? 5060 : Integer.parseInt(matcher.group(2));
      try {
        testPort = SipPort.open(InetAddress.getByName(matcher.group(1)), number, testDestination);
      } catch (SocketException e) {
        throw new Trouble(
            "The doctor can't answer at %s: %s.".formatted(target, e.getMessage()),
            "Another program has the port (ss -lunp), or it is no address of this machine: correct the setting test in etc/org.latchkey.destinations.cfg.");
      }
    }
    return testPort;
  }

  private ProbePhone phone() throws Trouble, IOException {
    if (phone == null) {
      if (listener == null) {
        throw new Trouble("The registrar is not known.", "");
      }
      Aor aor = Aor.ofUri("sip:" + probe().aor(), "");
      port = SipPort.open(listener.localAddress(), 0, aor.user());
      phone = new ProbePhone(port, listener.address(), aor, patience);
    }
    return phone;
  }

  private String itself() throws Trouble {
    return Aor.ofUri("sip:" + probe().aor(), "").user();
  }

  private Login login() throws Trouble {
    return new Login(probe().keyIdentifier(), probe().secret());
  }

  private Probe probe() throws Trouble {
    if (probe == null) {
      throw new Trouble("The probe has no key.", "");
    }
    return probe;
  }
}
