package org.latchkey.pbx.radius.internal;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.registration.RegistrationListener;
import org.latchkey.registration.RejectionReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one question of a client, or stays silent. From memory, thread-safe. */
final class RadiusDesk {

  private static final Logger LOG = LoggerFactory.getLogger(RadiusDesk.class);
  private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final RadiusSettings settings;
  private final LatchkeyServices services;
  private final Clock clock;
  private final Packets packets = new Packets();
  private final DigestRules rules;
  private final Ha1Check ha1Check;
  private final NonceCheck nonceCheck;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
  private final Refusals refusals = new Refusals(System::nanoTime);
  private final NoteLimit noteLimit = new NoteLimit(System::nanoTime);
  private final AtomicLong logged = new AtomicLong(System.nanoTime() - LOG_NANOS);

  RadiusDesk(RadiusSettings settings, LatchkeyServices services, Clock clock) {
    this.settings = settings;
    this.services = services;
    this.clock = clock;
    this.rules = new DigestRules(settings.realm());
    this.ha1Check = new Ha1Check(services);
    this.nonceCheck = new NonceCheck(services, settings.realm(), settings.algorithm());
  }

  /** What became of a client's packets. */
  Tally tally(RadiusClient client) {
    return tallies.computeIfAbsent(client.name(), name -> new Tally());
  }

  /** Whom it refused a moment ago. */
  Refusals refusals() {
    return refusals;
  }

  /**
   * Answers.
   *
   * @param datagram a packet, padding perhaps behind it
   * @return the answer's bytes; empty for silence: no authentic question, or nobody knows at
   *     present
   */
  Optional<byte[]> answer(byte[] datagram, RadiusClient client, byte[] secret) {
    Tally tally = tally(client);
    try {
      Optional<AccessRequest> read = packets.read(datagram, secret, client.authenticates());
      if (read.isEmpty()) {
        tally.dropped.increment();
        return Optional.empty();
      }
      Optional<DigestFields> fields = DigestFields.of(read.get());
      Verdict verdict = verdict(read.get(), fields, client);
      if (verdict instanceof Verdict.Unknown unknown) {
        tally.unknown.increment();
        complain("A question of %s was not answered: %s", client.name(), unknown.reason());
        return Optional.empty();
      }
      (verdict instanceof Verdict.Refused ? tally.refused : tally.taken).increment();
      Optional<String> proof =
          client.isForgeable() && verdict instanceof Verdict.Accepted accepted
              ? fields.map(asked -> AcceptanceProof.of(secret, asked, accepted.aor()))
              : Optional.empty();
      return Optional.of(packets.answer(read.get(), verdict, secret, proof));
    } catch (RuntimeException | LinkageError e) {
      tally.unknown.increment();
      complain("A question of %s was not answered: %s", client.name(), e.toString());
      return Optional.empty();
    }
  }

  private Verdict verdict(AccessRequest request, Optional<DigestFields> read, RadiusClient client) {
    if (read.isEmpty()) {
      return new Verdict.Refused(RejectionReason.MALFORMED, true);
    }
    DigestFields fields = read.get();
    Optional<Aor> aor = AskedAor.of(fields, settings.domains());
    Verdict verdict;
    if (aor.isEmpty()) {
      verdict = new Verdict.Refused(RejectionReason.FOREIGN_REALM, false);
    } else if (client.asksForNonces() && fields.asksForNonce()) {
      verdict = nonceCheck.challenge(request, fields, aor.get());
    } else {
      Optional<RejectionReason> broken = rules.broken(fields);
      if (broken.isPresent()) {
        verdict = new Verdict.Refused(broken.get(), false);
      } else if (client.asksForNonces()) {
        verdict = nonceCheck.check(request, fields, aor.get());
      } else {
        verdict = ha1Check.check(fields, aor.get());
      }
    }
    tell(verdict, fields, aor, client);
    return verdict;
  }

  private void tell(Verdict verdict, DigestFields fields, Optional<Aor> aor, RadiusClient client) {
    if (verdict instanceof Verdict.Refused && aor.isPresent()) {
      refusals.add(fields.username(), aor.get());
    }
    if (verdict instanceof Verdict.Refused refused
        && !refused.noted()
        && (!client.isForgeable() || noteLimit.permits(aor.map(Aor::toString).orElse("")))) {
      note(PhoneEvent.Kind.REFUSED, fields, aor, refused.reason().words());
    } else if (verdict instanceof Verdict.Accepted accepted
        && !accepted.noted()
        && !client.tellsItself()
        && fields.get(Field.METHOD).equals("REGISTER")) {
      note(PhoneEvent.Kind.REGISTERED, fields, aor, "proved its key to a PBX that asks by RADIUS");
      for (RegistrationListener listener : services.registrationListeners()) {
        try {
          listener.accepted(accepted.keyIdentifier(), accepted.aor(), clock.instant());
        } catch (RuntimeException | LinkageError e) {
          complain("A registration of %s was not told: %s", accepted.keyIdentifier(), e.toString());
        }
      }
    }
  }

  /** A user name goes into the journal only if it could be a key's. */
  private void note(PhoneEvent.Kind kind, DigestFields fields, Optional<Aor> aor, String words) {
    String name = fields.username();
    services.note(
        new PhoneEvent(
            clock.instant(),
            kind,
            name.matches("[0-9a-z]{1,64}") ? name : "",
            aor.map(Aor::toString).orElse(""),
            "",
            "",
            words));
  }

  /** Says it once a minute, whatever a storm brings. */
  private void complain(String format, String name, String why) {
    long now = System.nanoTime();
    long before = logged.get();
    if (now - before >= LOG_NANOS && logged.compareAndSet(before, now)) {
      LOG.warn("{}; more of it within a minute is not told", format.formatted(name, why));
    }
  }
}
