package org.latchkey.pbx.reference.internal.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What happened lately, forgotten after a while, the eldest first when it takes too much memory:
 * how long a name is, peers choose.
 */
final class Recollection {

  /** What a note takes beside the characters of its name, as measured on a 64-bit JDK 17. */
  private static final long NOTE_BYTES = 160;

  private final InstantSource clock;
  private final Duration lasts;
  private final long mostBytes;
  private final Map<String, Note> notes = new LinkedHashMap<>();
  private long bytes;

  /** Remembers each thing for as long as {@code lasts}, as far as {@code mostBytes} reach. */
  Recollection(InstantSource clock, Duration lasts, long mostBytes) {
    this.clock = clock;
    this.lasts = lasts;
    this.mostBytes = mostBytes;
  }

  /** Notes that something happened now, as number {@code turn} of what happens here. */
  void note(String what, long turn) {
    if (notes.remove(what) == null) {
      bytes += size(what);
    }
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
    Iterator<Map.Entry<String, Note>> eldest = notes.entrySet().iterator();
    while (eldest.hasNext()) {
      Map.Entry<String, Note> entry = eldest.next();
      boolean ended = !now.isBefore(entry.getValue().until);
      if (!ended && bytes <= mostBytes) {
        return;
      }
      bytes -= size(entry.getKey());
      eldest.remove();
    }
  }

  /** How many there are. */
  int size() {
    return notes.size();
  }

  private static long size(String name) {
    return NOTE_BYTES + 2L * name.length();
  }

  private record Note(long turn, Instant until) {}
}
