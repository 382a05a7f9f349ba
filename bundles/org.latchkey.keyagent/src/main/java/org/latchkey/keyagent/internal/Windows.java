package org.latchkey.keyagent.internal;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.latchkey.key.DenialReason;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.EnrolmentWindows.Window;
import org.latchkey.key.RequestRefusedException;

/**
 * The windows that are open, in memory alone. Each serves a phone once, and for two minutes more
 * where it was: answers get lost, and some phones fetch a file twice. Thread-safe.
 */
final class Windows {

  /** How long a phone that was served may ask again from its address. */
  static final Duration AGAIN = Duration.ofMinutes(2);

  private static final int MOST_SINGLE = 1_000;
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final PolicySettings settings;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<Kind, Open> open = new HashMap<>();
  private final Map<String, Open> single = new HashMap<>();

  /** A window and whom it has served. */
  private record Open(Window window, long endNanos, Buckets rate, Map<String, Served> served) {}

  private record Served(InetAddress source, long atNanos) {}

  Windows(PolicySettings settings, Clock clock, LongSupplier nanoTime) {
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Opens one, in the place of the one of its kind. */
  synchronized Window open(Kind kind, Duration length, OptionalInt perMinute, String actor) {
    Open made = made(kind, length, perMinute.orElse(settings.windowDevicesPerMinute()), actor);
    open.put(kind, made);
    return made.window();
  }

  /** Lets in one device of the inventory. */
  synchronized Window letIn(String device, Duration length, String actor) {
    single.values().removeIf(this::isOver);
    if (single.size() >= MOST_SINGLE) {
      throw new RequestRefusedException(
          "Nothing was opened: 1000 devices are let in already. Use latchkey:window --inventory.");
    }
    Open made = made(Kind.INVENTORY, length, settings.windowDevicesPerMinute(), actor);
    single.put(device, made);
    return made.window();
  }

  /** Those that are open. */
  synchronized List<Window> open() {
    List<Window> now = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Open one = open.get(kind);
      if (one != null && !isOver(one)) {
        Window w = one.window();
        now.add(new Window(w.kind(), w.until(), w.perMinute(), one.served().size(), w.openedBy()));
      }
    }
    return now;
  }

  /** Whether a device is let in by its name. */
  synchronized boolean isLetIn(String device) {
    Open one = single.get(device);
    return one != null && !isOver(one);
  }

  /** How many single devices are let in. */
  synchronized int letIn() {
    single.values().removeIf(this::isOver);
    return single.size();
  }

  /** Closes all. */
  synchronized void close() {
    open.clear();
    single.clear();
  }

  /**
   * Why a device of the inventory is not served by its MAC address.
   *
   * @param enrolment its entry
   * @return empty when it is
   */
  synchronized Optional<DenialReason> refusal(String device, String enrolment, InetAddress source) {
    Optional<Open> found = inventory(device);
    return found.isEmpty()
        ? Optional.of(DenialReason.NO_PROOF)
        : refusal(found.get(), enrolment, source);
  }

  /** Notes that a device of the inventory was served. */
  synchronized void served(String device, String enrolment, InetAddress source) {
    inventory(device).ifPresent(found -> note(found, enrolment, source));
  }

  /**
   * Why a stranger is not let in.
   *
   * @return empty when it is
   */
  synchronized Optional<DenialReason> refusalOfStranger(String device, InetAddress source) {
    Open found = open.get(Kind.ANYBODY);
    if (found == null || isOver(found)) {
      return Optional.of(DenialReason.NO_CREDENTIAL);
    }
    String place = SourceRates.key(source);
    long ofSource =
        found.served().values().stream()
            .filter(one -> SourceRates.key(one.source()).equals(place))
            .count();
    boolean full =
        found.served().size() >= settings.openWindowPhones()
            || ofSource >= settings.openWindowPhonesPerSource();
    return full && !found.served().containsKey(device)
        ? Optional.of(DenialReason.WINDOW_BUSY)
        : refusal(found, device, source);
  }

  /**
   * Takes a place in the window for a stranger, before anything of it is kept.
   *
   * @return why it has none; empty when it has
   */
  synchronized Optional<DenialReason> takeAsStranger(String device, InetAddress source) {
    Optional<DenialReason> refusal = refusalOfStranger(device, source);
    if (refusal.isEmpty()) {
      note(Objects.requireNonNull(open.get(Kind.ANYBODY)), device, source);
    }
    return refusal;
  }

  private Optional<DenialReason> refusal(Open window, String name, InetAddress source) {
    if (!settings.windowNetworks().contains(source)) {
      return Optional.of(DenialReason.OTHER_NETWORK);
    }
    Served before = window.served().get(name);
    if (before != null) {
      boolean again =
          before.source().equals(source)
              && nanoTime.getAsLong() - before.atNanos() < AGAIN.toNanos();
      return again ? Optional.empty() : Optional.of(DenialReason.SERVED_ALREADY);
    }
    return window.rate().empty("") ? Optional.of(DenialReason.WINDOW_BUSY) : Optional.empty();
  }

  private void note(Open window, String name, InetAddress source) {
    Served first = new Served(source, nanoTime.getAsLong());
    if (window.served().putIfAbsent(name, first) == null) {
      window.rate().take("");
    }
  }

  private Optional<Open> inventory(String device) {
    return Optional.ofNullable(single.get(device))
        .filter(one -> !isOver(one))
        .or(() -> Optional.ofNullable(open.get(Kind.INVENTORY)).filter(one -> !isOver(one)));
  }

  /**
   * By whichever clock is first: one that is set back, or stood still in sleep, keeps none open.
   */
  private boolean isOver(Open one) {
    return nanoTime.getAsLong() - one.endNanos() >= 0
        || !clock.instant().isBefore(one.window().until());
  }

  private Open made(Kind kind, Duration length, int perMinute, String actor) {
    if (length.compareTo(LEAST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new RequestRefusedException(
          "Nothing was opened: a window is open for 1 minute to 24 hours, such as --for 30m.");
    }
    if (perMinute < 1 || perMinute > PolicySettings.MOST_PER_MINUTE) {
      throw new RequestRefusedException(
          "Nothing was opened: a rate is a number of phones a minute, 1 to 1000.");
    }
    return new Open(
        new Window(kind, clock.instant().plus(length), perMinute, 0, actor),
        nanoTime.getAsLong() + length.toNanos(),
        new Buckets(perMinute, perMinute, nanoTime),
        new HashMap<>());
  }
}
