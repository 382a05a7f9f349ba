package org.latchkey.authenticator.internal;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.registration.RegisterRequest;
import org.latchkey.registration.RegistrationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, journal and log what was found: never a nonce, never a response, and no name
 * that was not issued. A flood fills neither: both are limited by the minute. None of them can
 * change an answer.
 */
final class Witnesses {

  private static final Logger LOG = LoggerFactory.getLogger(DigestAuthenticator.class);
  private static final int LINES_PER_MINUTE = 60;
  private static final int CHALLENGES_PER_MINUTE = 1200;

  private final Clock wall;
  private final RateLimit lines = new RateLimit(LINES_PER_MINUTE);
  private final RateLimit challenges = new RateLimit(CHALLENGES_PER_MINUTE);
  private final Set<String> faultsSaid = ConcurrentHashMap.newKeySet();
  private final List<RegistrationListener> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable PhoneJournal journal;
  private volatile String unavailability = "";

  Witnesses(Clock wall) {
    this.wall = wall;
  }

  void add(RegistrationListener listener) {
    listeners.add(listener);
  }

  void remove(RegistrationListener listener) {
    listeners.remove(listener);
  }

  void add(PhoneJournal value) {
    journal = value;
  }

  void remove(PhoneJournal value) {
    if (journal == value) {
      journal = null;
    }
  }

  /** Tells what was found. Never throws. */
  void saw(RegisterRequest request, Finding finding, long nowMillis) {
    switch (finding.kind()) {
      case ACCEPTED -> accepted(request, finding);
      case NO_CREDENTIALS -> challenged(request, "was asked to prove itself", nowMillis);
      case STALE -> challenged(request, "was asked again: " + finding.words(), nowMillis);
      case REFUSED -> refused(request, finding, nowMillis);
      case UNAVAILABLE -> unavailable(finding.words());
      case RETRANSMITTED, NOT_OURS -> {}
    }
  }

  /** Tells of a fault of ours, once for each kind. */
  void fault(String doing, Throwable fault) {
    if (faultsSaid.size() < 100 && faultsSaid.add(doing + fault.getClass().getName())) {
      LOG.error("Fault while {}; told once for its kind", doing, fault);
    }
  }

  private void accepted(RegisterRequest request, Finding finding) {
    if (!unavailability.isEmpty()) {
      unavailability = "";
    }
    if (!request.method().equals("REGISTER")) {
      return;
    }
    for (RegistrationListener listener : listeners) {
      try {
        listener.accepted(finding.name(), request.aor(), wall.instant());
      } catch (RuntimeException | LinkageError e) {
        fault("telling " + listener.getClass().getName() + " of a registration", e);
      }
    }
    note(request, PhoneEvent.Kind.REGISTERED, finding.name(), "proved its key and registered");
  }

  private void challenged(RegisterRequest request, String words, long nowMillis) {
    if (journal != null && challenges.allows(nowMillis)) {
      note(request, PhoneEvent.Kind.CHALLENGED, "", words);
    }
  }

  private void refused(RegisterRequest request, Finding finding, long nowMillis) {
    String words = finding.why().words();
    note(request, PhoneEvent.Kind.REFUSED, finding.name(), words);
    if (LOG.isInfoEnabled() && lines.allows(nowMillis)) {
      long beyond = lines.takeBeyond();
      if (beyond > 0) {
        LOG.info("Refused {} more requests, of which no line was written", beyond);
      }
      String who = finding.name().isEmpty() ? "an unknown key" : finding.name();
      LOG.info("Refused {} from {}: it {}", who, Source.of(request), words);
    }
  }

  private void unavailable(String words) {
    if (!words.equals(unavailability)) {
      unavailability = words;
      LOG.warn("No request can be checked: {}", words);
    }
  }

  private void note(RegisterRequest request, PhoneEvent.Kind kind, String name, String words) {
    PhoneJournal present = journal;
    if (present == null) {
      return;
    }
    try {
      present.note(
          new PhoneEvent(
              wall.instant(), kind, name, request.aor().toString(), "", Source.of(request), words));
    } catch (RuntimeException | LinkageError e) {
      fault("writing the phones' journal", e);
    }
  }
}
