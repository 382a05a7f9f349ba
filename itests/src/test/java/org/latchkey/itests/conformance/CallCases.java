package org.latchkey.itests.conformance;

import static org.latchkey.itests.conformance.Case.check;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Callee;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** Who may call whom. */
final class CallCases {

  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);

  private final Options options;
  private final Site site;
  private final ProvisionedKey caller;
  private final ProvisionedKey called;

  CallCases(Options options, Site site, ProvisionedKey caller, ProvisionedKey called) {
    this.options = options;
    this.site = site;
    this.caller = caller;
    this.called = called;
  }

  List<Case> all() {
    return List.of(
        new Case("registered phones call each other", this::call),
        new Case("a caller who proved nothing is refused", this::unproved),
        new Case("a From that is not the caller's is refused", this::spoofed),
        new Case("a held phone is refused", this::held),
        new Case("a held phone reaches a permitted destination", this::heldToPermitted),
        new Case("anybody reaches the emergency number", this::emergency),
        new Case("revoking drops the registration within 5 s", this::revoked));
  }

  private void call() throws Exception {
    try (Phones phones = new Phones()) {
      SipMessage answer = phones.dial(Site.user(called));
      check(answer.status() == 200, answer.startLine());
      check(phones.reached(), "200, but it did not come to the called phone");
    }
  }

  private void unproved() throws Exception {
    try (Phones phones = new Phones();
        SipWire wire = wire()) {
      ScriptedPhone stranger =
          new ScriptedPhone(
              wire,
              new ProvisionedKey(
                  caller.credentials().withSecret("0".repeat(26)), caller.aor(), ""));
      SipMessage answer =
          SipCall.place(stranger, uri(stranger, Site.user(called)), ScriptedPhone.unique("no"));
      check(answer.status() >= 400, answer.startLine());
      check(!phones.reached(), "the called phone was reached");
    }
  }

  private void spoofed() throws Exception {
    try (Phones phones = new Phones()) {
      ScriptedPhone impostor =
          new ScriptedPhone(
              phones.callerWire, new ProvisionedKey(caller.credentials(), called.aor(), ""));
      SipMessage answer =
          SipCall.place(impostor, uri(impostor, Site.user(called)), ScriptedPhone.unique("no"));
      check(answer.status() >= 400, answer.startLine());
      check(!phones.reached(), "the called phone was reached");
    }
  }

  private void held() throws Exception {
    site.hold(caller);
    try (Phones phones = new Phones()) {
      SipMessage answer = phones.dial(Site.user(called));
      check(answer.status() == 403, answer.startLine());
      check(!phones.reached(), "the called phone was reached");
    } finally {
      site.release(caller);
    }
    call();
  }

  private void heldToPermitted() throws Exception {
    site.hold(caller);
    try (Phones phones = new Phones();
        PermittedPlace place = new PermittedPlace(options)) {
      place.check(phones.dialling(), options.destination());
    } finally {
      site.release(caller);
    }
  }

  private void emergency() throws Exception {
    String number =
        options
            .emergency()
            .orElseThrow(() -> new Case.NotTriedException("--emergency NUMBER really dials it"));
    try (SipWire wire = wire()) {
      PermittedPlace.rings(new ScriptedPhone(wire, caller), number);
    }
  }

  private void revoked() throws Exception {
    ProvisionedKey ended = site.key();
    try (SipWire wire = wire();
        Phones phones = new Phones()) {
      ScriptedPhone phone = new ScriptedPhone(wire, ended);
      check(phone.register().status() == 200, "the phone to revoke did not register");
      try (Callee callee = new Callee(wire)) {
        check(phones.dial(Site.user(ended)).status() == 200, "it can't be called before");
        site.revoke(ended);
        Await.until(
            "nobody reaches the revoked phone",
            REVOKED_WITHIN,
            () -> {
              int before = callee.calls().size();
              return phones.dial(Site.user(ended)).status() >= 400
                  && callee.calls().size() == before;
            });
      }
      SipMessage answer = phone.register();
      check(answer.status() != 200, "it registered again");
    }
  }

  private SipWire wire() throws Exception {
    return SipWire.udp(new InetSocketAddress(options.pbx().host(), options.pbx().port()));
  }

  private static String uri(ScriptedPhone phone, String dialled) {
    return "sip:" + dialled + '@' + phone.domain();
  }

  /** The caller and the called phone, both registered; the called one answers. */
  private final class Phones implements AutoCloseable {

    private final SipWire callerWire = wire();
    private final SipWire calledWire = wire();
    private final Callee callee;

    Phones() throws Exception {
      for (ScriptedPhone phone : List.of(dialling(), new ScriptedPhone(calledWire, called))) {
        SipMessage answer = phone.register();
        check(answer.status() == 200, "registering failed: " + answer.startLine());
      }
      callee = new Callee(calledWire);
    }

    ScriptedPhone dialling() {
      return new ScriptedPhone(callerWire, caller);
    }

    /** Dials, and hangs up at once when somebody answers. */
    SipMessage dial(String dialled) throws Exception {
      ScriptedPhone phone = dialling();
      String uri = uri(phone, dialled);
      SipMessage answer = SipCall.place(phone, uri, ScriptedPhone.unique("call"));
      if (answer.status() == 200) {
        SipCall.hangUp(callerWire, uri, answer);
      }
      return answer;
    }

    boolean reached() {
      return !callee.calls().isEmpty();
    }

    @Override
    public void close() {
      callee.close();
      callerWire.close();
      calledWire.close();
    }
  }
}
