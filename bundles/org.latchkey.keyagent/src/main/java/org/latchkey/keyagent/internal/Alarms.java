package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody should look at: once an hour for each thing, few at a time. Thread-safe. */
final class Alarms {

  private static final Duration LIFE = Duration.ofHours(1);
  private static final int MOST = 100;

  private final Map<String, Alarm> raised = new LinkedHashMap<>();
  private int beyond;

  private record Alarm(String words, Instant until) {}

  /**
   * Raises one.
   *
   * @param about what it is about, once an hour
   * @return whether it is new and there are not too many: then it is worth a line in the log
   */
  synchronized boolean raise(String about, String words, Instant now) {
    forget(now);
    if (raised.containsKey(about)) {
      return false;
    }
    if (raised.size() >= MOST) {
      beyond++;
      return false;
    }
    raised.put(about, new Alarm(words, now.plus(LIFE)));
    return true;
  }

  /** Whether there is one about this. */
  synchronized boolean isRaised(String about, Instant now) {
    forget(now);
    return raised.containsKey(about);
  }

  /** All that were raised within the hour, the newest first. */
  synchronized List<String> words(Instant now) {
    forget(now);
    List<String> words = new ArrayList<>();
    raised.values().forEach(alarm -> words.add(0, alarm.words()));
    if (beyond > 0) {
      words.add("%d more alarms of this kind were only counted".formatted(beyond));
    }
    return words;
  }

  private void forget(Instant now) {
    Iterator<Alarm> alarms = raised.values().iterator();
    while (alarms.hasNext()) {
      if (!now.isBefore(alarms.next().until())) {
        alarms.remove();
      }
    }
    if (raised.isEmpty()) {
      beyond = 0;
    }
  }
}
