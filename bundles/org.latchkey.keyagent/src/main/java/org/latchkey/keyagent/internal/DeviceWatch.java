package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.latchkey.audit.PhoneEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices who tries out MAC addresses, slows that one down (by its IPv6 /64), and notices a device
 * that asks from two addresses, which are two in one /64, too: that is what a LAN has. All of it is
 * alike for devices that are known and for those that are not.
 */
final class DeviceWatch {

  /** How many different devices of one address are refused before somebody should look. */
  static final int MANY = 20;

  /** Within which time two addresses of a device are strange. */
  static final Duration SHORT = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
  private static final int REPETITIONS = 10;
  private static final int MOST_SOURCES = 1_000;
  private static final int MOST_DEVICES = 100_000;
  private static final int MOST_UNKNOWN = 10_000;
  private static final Duration FORGET = Duration.ofHours(1);

  private final Neighbours neighbours;
  private final Clock clock;
  private final Buckets guesses;
  private final Buckets requests;
  private final Alarms guessing = new Alarms();

  /**
   * Of devices, by how many of the two sightings were in vain: who knows our MAC addresses and has
   * many network addresses fills the places of the last, and hides no key that went to two places.
   */
  private final List<Alarms> moving = List.of(new Alarms(), new Alarms(), new Alarms());

  private final Map<String, Source> sources = lastUsed(MOST_SOURCES);
  private final Map<String, Sighting> devices = lastUsed(MOST_DEVICES);
  private final Map<String, Sighting> unknown = lastUsed(MOST_UNKNOWN);

  private record Source(Set<String> refused, Instant since) {}

  private record Sighting(InetAddress source, Instant at, boolean inVain) {}

  DeviceWatch(int guessesPerMinute, Neighbours neighbours, Clock clock, LongSupplier nanoTime) {
    this.neighbours = neighbours;
    this.clock = clock;
    guesses = new Buckets(guessesPerMinute, guessesPerMinute, nanoTime);
    int most = guessesPerMinute * REPETITIONS;
    requests = new Buckets(most, most, nanoTime);
  }

  /** Whether an address has asked for too many devices, or too often. */
  boolean tooFast(InetAddress source) {
    String place = SourceRates.key(source);
    return guesses.empty(place) || requests.empty(place);
  }

  /**
   * Whether an address asks so often that not even a device that was let in by name is looked at:
   * it may be behind one NAT with who tries out others.
   */
  boolean tooOften(InetAddress source) {
    return requests.empty(SourceRates.key(source));
  }

  /** Notes that an address was not looked at. */
  void slowed(InetAddress source) {
    requests.take(SourceRates.key(source));
  }

  /** Notes that an address got nothing for a device. */
  void refused(InetAddress source, String device) {
    String place = SourceRates.key(source);
    requests.take(place);
    int different;
    synchronized (this) {
      Instant now = clock.instant();
      Source of = sources.get(place);
      if (of == null || now.isAfter(of.since().plus(FORGET))) {
        of = new Source(new LinkedHashSet<>(), now);
        sources.put(place, of);
      }
      if (of.refused().contains(device)) {
        return;
      }
      if (of.refused().size() < MANY) {
        of.refused().add(device);
      }
      different = of.refused().size();
    }
    guesses.take(place);
    if (different == MANY) {
      String address = source.getHostAddress();
      alarm(
          guessing,
          "guesses " + place,
          "%s asks for the files of many devices that it has no right to".formatted(address),
          new PhoneEvent(
              clock.instant(),
              PhoneEvent.Kind.KNOCKED,
              "",
              "",
              "",
              address,
              "asked for the files of %d devices in vain, and is slowed down".formatted(MANY)));
    }
  }

  /**
   * Notes from where a device asked.
   *
   * @param known whether it is one of ours
   * @param inVain whether it was refused with no window open for it: of who tries out devices there
   *     is an alarm already, and it hides no sighting that is worth one
   */
  void saw(InetAddress source, String device, boolean known, boolean inVain) {
    Sighting before;
    Instant now = clock.instant();
    synchronized (this) {
      boolean ours = known || devices.containsKey(device);
      before = devices.containsKey(device) ? devices.get(device) : unknown.get(device);
      boolean guess = inVain && guesses(source);
      if (guess && before != null && !before.inVain() && isLately(before, now)) {
        return;
      }
      unknown.remove(device);
      (ours ? devices : unknown).put(device, new Sighting(source, now, inVain));
      if (!ours || before == null || !isLately(before, now) || before.source().equals(source)) {
        return;
      }
      if (guess || (before.inVain() && guesses(before.source()))) {
        return;
      }
    }
    String words =
        "was seen at %s and at %s within %d minutes"
            .formatted(
                before.source().getHostAddress(), source.getHostAddress(), SHORT.toMinutes());
    int vain = (before.inVain() ? 1 : 0) + (inVain ? 1 : 0);
    if (moving.subList(0, vain).stream().anyMatch(graver -> graver.isRaised(device, now))) {
      return;
    }
    alarm(
        moving.get(vain),
        device,
        "The device %s %s".formatted(device, words),
        new PhoneEvent(
            now, PhoneEvent.Kind.KNOCKED, "", "", device, source.getHostAddress(), words));
  }

  /**
   * What somebody should look at, the gravest first: devices, those of which a key went out before
   * those that were only asked for; then addresses. Of each kind the newest first.
   */
  List<String> alarms() {
    Instant now = clock.instant();
    return Stream.concat(moving.stream(), Stream.of(guessing))
        .flatMap(kind -> kind.words(now).stream())
        .toList();
  }

  private boolean guesses(InetAddress source) {
    Source of = sources.get(SourceRates.key(source));
    return of != null && of.refused().size() >= MANY;
  }

  private static boolean isLately(Sighting before, Instant now) {
    return now.isBefore(before.at().plus(SHORT));
  }

  private void alarm(Alarms alarms, String about, String words, PhoneEvent event) {
    if (alarms.raise(about, words, clock.instant())) {
      LOG.warn("{}", words);
      neighbours.note(event);
    }
  }

  private static <T> Map<String, T> lastUsed(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > most;
      }
    };
  }
}
