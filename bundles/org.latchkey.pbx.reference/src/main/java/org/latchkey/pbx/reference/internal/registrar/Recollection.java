package org.latchkey.pbx.reference.internal.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What happened lately, forgotten after a while, the eldest first when it is too much. */
final class Recollection {

  private final InstantSource clock;
  private final Duration lasts;
  private final int most;
  private final Map<String, Note> notes = new LinkedHashMap<>();

  /** Remembers at most {@code most} things, each for as long as {@code lasts}. */
  Recollection(InstantSource clock, Duration lasts, int most) {
    this.clock = clock;
    this.lasts = lasts;
    this.most = most;
  }

  /** Notes that something happened now, as number {@code turn} of what happens here. */
  void note(String what, long turn) {
    notes.remove(what);
    notes.put(what, new Note(turn, clock.instant().plus(lasts)));
    forget();
  }

  /** The turn in which something happened last, if it did lately. */
  Optional<Long> turnOf(String what) {
    return Optional.ofNullable(notes.get(what))
        .filter(note -> clock.instant().isBefore(note.until))
        .map(Note::turn);
  }

  private void forget() {
    Instant now = clock.instant();
    Iterator<Note> eldest = notes.values().iterator();
    while (eldest.hasNext()) {
      boolean ended = !now.isBefore(eldest.next().until);
      if (!ended && notes.size() <= most) {
        return;
      }
      eldest.remove();
    }
  }

  private record Note(long turn, Instant until) {}
}
