package org.latchkey.itests.conformance;

import static org.latchkey.itests.conformance.Case.check;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Callee;
import org.latchkey.itests.fixture.Ports;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;
import org.latchkey.itests.fixture.Sipp;

/** What a PBX does while it can't ask, and when it can again. */
final class OutageCases {

  /** How many phones take turns while the provider is swapped, how often, and at which rate. */
  static final int PHONES = 10;

  private static final int REGISTRATIONS = 1000;
  private static final int PER_SECOND = 100;

  private static final Duration NO_YES_WITHIN = Duration.ofSeconds(3);

  /** The phones' own retransmission of four seconds, and a moment. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  private final Options options;
  private final Site site;
  private final ProvisionedKey key;
  private final ProvisionedKey called;

  OutageCases(Options options, Site site, ProvisionedKey key, ProvisionedKey called) {
    this.options = options;
    this.site = site;
    this.key = key;
    this.called = called;
  }

  List<Case> all() {
    return List.of(
        new Case("provider gone: nobody registers or calls", () -> gone(this::noYes)),
        new Case("provider gone: a permitted destination rings", () -> gone(this::rings)),
        new Case("provider back: phones register at once", this::back),
        new Case("provider hanging: nobody registers or calls", () -> hanging(this::noYes)),
        new Case("provider hanging: a permitted destination rings", () -> hanging(this::rings)),
        new Case("swapping the provider under load loses no phone", this::swap));
  }

  private void gone(Use use) throws Exception {
    try (SipWire wire = wire()) {
      String prepared = prepared(wire);
      site.gone();
      try {
        use.run(wire, prepared);
      } finally {
        site.back();
        awaitBack();
      }
    }
  }

  private void hanging(Use use) throws Exception {
    try (SipWire wire = wire()) {
      String prepared = prepared(wire);
      site.command("hang");
      try {
        use.run(wire, prepared);
      } finally {
        site.command("resume");
        awaitBack();
      }
    }
  }

  /** A REGISTER that would be accepted. */
  private String prepared(SipWire wire) throws Exception {
    ScriptedPhone phone = new ScriptedPhone(wire, key);
    Await.until("it registers before", BACK_WITHIN, () -> phone.register().status() == 200);
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    return phone.registerRequest(
        Optional.of(phone.answerTo(challenge, "REGISTER", phone.registerUri())));
  }

  private void noYes(SipWire wire, String prepared) throws Exception {
    try (SipWire calledWire = wire();
        Callee callee = new Callee(calledWire)) {
      wire.send(prepared);
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      wire.send(
          phone.invite(
              "sip:" + Site.user(called) + '@' + phone.domain(),
              ScriptedPhone.unique("gone"),
              Optional.empty()));
      String asked = SipMessage.of(prepared).require("CSeq");
      Optional<SipMessage> yes = wire.poll(NO_YES_WITHIN, m -> isYes(m, asked));
      check(yes.isEmpty(), "without the provider: " + yes.map(SipMessage::startLine).orElse(""));
      check(callee.calls().isEmpty(), "without the provider a call came through");
    }
  }

  /** An answer to the REGISTER before, which comes twice on a slow machine, is none. */
  private static boolean isYes(SipMessage message, String asked) {
    return message.status() >= 180
        && message.status() < 300
        && (message.require("CSeq").equals(asked) || message.require("CSeq").endsWith("INVITE"));
  }

  private void rings(SipWire wire, String prepared) throws Exception {
    try (PermittedPlace place = new PermittedPlace(options)) {
      place.check(new ScriptedPhone(wire, key), options.destination());
      if (options.emergency().isPresent()) {
        PermittedPlace.rings(new ScriptedPhone(wire, key), options.emergency().get());
      }
    }
  }

  private void back() throws Exception {
    site.gone();
    site.back();
    awaitBack();
  }

  private void awaitBack() {
    Await.until("a phone registers again", BACK_WITHIN, this::registers);
  }

  private boolean registers() throws Exception {
    try (SipWire wire = wire()) {
      return new ScriptedPhone(wire, key).register().status() == 200;
    }
  }

  private void swap() throws Exception {
    List<ProvisionedKey> phones = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      phones.add(site.key());
    }
    String pbx = options.pbx().host() + ':' + options.pbx().port();
    CompletableFuture<Sipp> load =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Sipp.run(
                    pbx, Sipp.Order.register(phones, REGISTRATIONS, PER_SECOND, Ports.free()));
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    site.swap();
    Sipp sipp = load.get(2, TimeUnit.MINUTES);
    check(
        sipp.failed() == 0 && sipp.succeeded() == REGISTRATIONS,
        sipp.failed() + " of " + REGISTRATIONS + " failed: " + firstLine(sipp.errors()));
  }

  /** What sipp says of the first that failed, below its headline; others were answered twice. */
  private static String firstLine(String text) {
    return text.lines()
        .skip(1)
        .filter(line -> line.contains("Aborting call"))
        .findFirst()
        .orElse(text.lines().skip(1).findFirst().orElse(""));
  }

  private SipWire wire() throws Exception {
    return SipWire.udp(new InetSocketAddress(options.pbx().host(), options.pbx().port()));
  }

  private interface Use {
    void run(SipWire wire, String prepared) throws Exception;
  }
}
