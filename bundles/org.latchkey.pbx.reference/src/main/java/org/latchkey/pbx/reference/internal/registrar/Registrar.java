package org.latchkey.pbx.reference.internal.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.Answers;
import org.latchkey.pbx.reference.internal.message.NameAddr;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.Tags;
import org.latchkey.pbx.reference.internal.message.Text;
import org.latchkey.pbx.reference.internal.service.LatchkeyServices;
import org.latchkey.pbx.reference.internal.service.Prover;
import org.latchkey.pbx.reference.internal.service.Refusals;
import org.latchkey.pbx.reference.internal.service.RegisterMapping;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.registration.AuthenticationResult.Accepted;
import org.latchkey.registration.SipAnswer;

/** Answers REGISTER (RFC 3261 section 10.3), without a transaction. On the SIP thread. */
public final class Registrar {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int MAX_USER_AGENT = 100;

  /** Longer than a REGISTER can wait for its check. */
  private static final Duration DROPS_LAST = Duration.ofSeconds(30);

  /** Longer than a copy is accepted as one, which is 32 seconds. */
  private static final Duration DEEDS_LAST = Duration.ofMinutes(2);

  private static final long MOST_REMEMBERED_BYTES = 16L << 20;
  private static final int PART_OF_HEAP = 64;
  private static final String AWAY = "A REGISTER waited too long for its check";

  private final Bindings bindings;
  private final Prover prover;
  private final LatchkeyServices services;
  private final Predicate<String> served;
  private final InstantSource wall;
  private final InstantSource clock;
  private final Tags tags;
  private final Refusals refusals;
  private final Recollection drops;
  private final Recollection deeds;
  private final RegistrationKeeper keeper;
  private long turn;

  /**
   * Keeps {@code bindings} for the domains that {@code served} knows.
   *
   * @param wall what peers and the journal are told
   * @param clock what registrations end by
   */
  public Registrar(
      Bindings bindings,
      Prover prover,
      LatchkeyServices services,
      Predicate<String> served,
      InstantSource wall,
      InstantSource clock,
      Tags tags,
      Refusals refusals,
      RegistrationKeeper keeper) {
    this.keeper = keeper;
    this.bindings = bindings;
    this.prover = prover;
    this.services = services;
    this.served = served;
    this.wall = wall;
    this.clock = clock;
    this.tags = tags;
    this.refusals = refusals;
    long bytes = Math.min(MOST_REMEMBERED_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    this.drops = new Recollection(clock, DROPS_LAST, bytes);
    this.deeds = new Recollection(clock, DEEDS_LAST, bytes);
  }

  /** Answers one REGISTER, now or when its check is done. Nothing is done with a body of it. */
  public void register(SipMessage whole, Flow flow) {
    SipMessage request = whole.withoutBody();
    Optional<Aor> aor = aor(request, "To");
    List<String> required = request.values("Require");
    if (aor.isEmpty()) {
      answer(request, flow, 400);
    } else if (!required.isEmpty()) {
      flow.send(
          Answers.to(request, 420, tags.of(request))
              .add("Unsupported", String.join(", ", required))
              .build());
    } else {
      long received = ++turn;
      prover.prove(
          request,
          flow,
          aor.get(),
          false,
          result ->
              flow.send(
                  result.fold(
                      accepted ->
                          isDroppedSince(received, accepted)
                              ? unavailable(request)
                              : accepted(request, flow, aor.get(), accepted),
                      challenged -> mapped(request, challenged.answer()),
                      rejected -> mapped(request, rejected.answer()),
                      old -> mapped(request, old.refusal()),
                      unavailable -> {
                        refusals.note(AWAY, flow.source());
                        return mapped(request, unavailable.answer());
                      })));
    }
  }

  /**
   * Drops the registrations of a key; how many. A REGISTER that was received before is not taken
   * any more, since its check may not have seen why the key was dropped.
   */
  public int drop(String keyIdentifier) {
    drops.note(keyIdentifier, ++turn);
    keeper.dropped(keyIdentifier);
    List<Binding> dropped = bindings.removeAll(b -> b.keyIdentifier().equals(keyIdentifier));
    dropped.forEach(b -> ended(b, "had its registration dropped"));
    return dropped.size();
  }

  /** Forgets contacts that ended, and notes it. */
  public void sweep() {
    Instant now = clock.instant();
    bindings.removeAll(b -> !b.isLive(now)).forEach(b -> ended(b, "let its registration expire"));
  }

  private SipMessage accepted(SipMessage request, Flow flow, Aor aor, Accepted accepted) {
    boolean own =
        accepted.aor().equals(aor) && aor(request, "From").filter(aor::equals).isPresent();
    if (!own || !served.test(aor.domain())) {
      refusals.note("A phone tried to register another's extension", aor.toString());
      return Answers.to(request, own ? 404 : 403, tags.of(request)).build();
    }
    Optional<ContactOrder> order = ContactOrder.of(request);
    if (order.isEmpty()) {
      return Answers.to(request, 400, tags.of(request)).build();
    }
    boolean done = accepted.retransmission() && wasCarriedOut(request, aor);
    return done || isOlderThanKnown(request, aor)
        ? ok(request, aor)
        : carriedOut(request, flow, accepted, order.get());
  }

  private SipMessage carriedOut(
      SipMessage request, Flow flow, Accepted accepted, ContactOrder order) {
    Aor aor = accepted.aor();
    if (order.removeAll()) {
      bindings.remove(aor, b -> true).forEach(b -> ended(b, "unregistered"));
    }
    for (ContactOrder.Contact contact : order.contacts()) {
      Binding binding = binding(request, flow, accepted, contact);
      if (contact.granted().isZero()) {
        bindings.remove(aor, b -> b.isReplacedBy(binding)).forEach(b -> ended(b, "unregistered"));
      } else if (bindings.put(binding)) {
        flow.keepUntil(binding.expiresAt().plus(Binding.GRACE));
      } else {
        refusals.note("There is no room for another registration", aor.toString());
        return Answers.to(request, 503, tags.of(request)).add("Retry-After", "60").build();
      }
    }
    deeds.note(name(request, aor), turn);
    return ok(request, aor);
  }

  private boolean isDroppedSince(long received, Accepted accepted) {
    return drops.turnOf(accepted.keyIdentifier()).filter(drop -> drop > received).isPresent();
  }

  private SipMessage unavailable(SipMessage request) {
    return Answers.to(request, 503, tags.of(request)).add("Retry-After", "1").build();
  }

  /**
   * Whether a REGISTER was carried out that has come again, be it that another one has replaced its
   * contact since. No digest covers its Expires, so the copy changes nothing. One that was accepted
   * while nobody waited for the answer any more (the check took too long, the PBX started anew) is
   * still to be carried out.
   */
  private boolean wasCarriedOut(SipMessage request, Aor aor) {
    return deeds.turnOf(name(request, aor)).isPresent()
        || bindings.of(aor).stream()
            .anyMatch(b -> b.callId().equals(request.callId()) && b.cseq() == request.cseq());
  }

  private static String name(SipMessage request, Aor aor) {
    return aor + " " + request.cseq() + ' ' + request.callId();
  }

  /** A late copy of a REGISTER that a newer one has overtaken changes nothing. */
  private boolean isOlderThanKnown(SipMessage request, Aor aor) {
    return bindings.of(aor).stream()
        .anyMatch(b -> b.callId().equals(request.callId()) && b.cseq() > request.cseq());
  }

  private Binding binding(
      SipMessage request, Flow flow, Accepted accepted, ContactOrder.Contact contact) {
    String agent = Text.read(request.header("User-Agent").orElse(""));
    Instant now = clock.instant();
    return new Binding(
        accepted.aor(),
        contact.uri(),
        contact.target(),
        contact.instance(),
        accepted.keyIdentifier(),
        flow,
        request.callId(),
        request.cseq(),
        agent.substring(0, Math.min(agent.length(), MAX_USER_AGENT)),
        now,
        now.plus(contact.granted()));
  }

  private SipMessage ok(SipMessage request, Aor aor) {
    Instant now = clock.instant();
    SipMessage.Editor ok = Answers.to(request, 200, tags.of(request));
    long longest = 0;
    for (Binding binding : bindings.of(aor)) {
      long left = Math.max(1, (Duration.between(now, binding.expiresAt()).toMillis() + 999) / 1000);
      longest = Math.max(longest, left);
      ok.add("Contact", '<' + binding.contact() + ">;expires=" + left);
    }
    return ok.add("Expires", Long.toString(longest))
        .add("Date", DATE.format(wall.instant()))
        .build();
  }

  private SipMessage mapped(SipMessage request, SipAnswer answer) {
    return RegisterMapping.response(request, answer, tags.of(request));
  }

  private void answer(SipMessage request, Flow flow, int status) {
    flow.send(Answers.to(request, status, tags.of(request)).build());
  }

  /** Notes that a contact ended. */
  private void ended(Binding b, String words) {
    String source = b.flow().remote().getAddress().getHostAddress();
    PhoneEvent event =
        new PhoneEvent(
            wall.instant(),
            PhoneEvent.Kind.UNREGISTERED,
            b.keyIdentifier(),
            b.aor().toString(),
            "",
            source,
            words);
    services.journal().ifPresent(journal -> journal.note(event));
  }

  private static Optional<Aor> aor(SipMessage request, String header) {
    try {
      return request
          .header(header)
          .flatMap(NameAddr::of)
          .map(address -> Aor.ofUri(address.uri(), "tel.invalid").withoutKeyIdentifier());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
