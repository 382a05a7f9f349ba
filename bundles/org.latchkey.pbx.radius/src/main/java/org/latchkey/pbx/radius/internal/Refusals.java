package org.latchkey.pbx.radius.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.latchkey.key.Aor;
import org.latchkey.registration.RecentRefusals;

/** Whom we refused in the last seconds, the latest of them. Thread-safe. */
final class Refusals implements RecentRefusals {

  private static final long KEPT_NANOS = 5_000_000_000L;
  private static final int MOST = 4_096;

  private final Map<Refused, Long> since = new LinkedHashMap<>();
  private final LongSupplier nanoTime;

  private record Refused(String keyIdentifier, Aor aor) {}

  Refusals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Keeps a refusal; the oldest goes when there are too many. */
  synchronized void add(String keyIdentifier, Aor aor) {
    Refused refused = new Refused(keyIdentifier, aor);
    since.remove(refused);
    if (since.size() >= MOST) {
      since.remove(since.keySet().iterator().next());
    }
    since.put(refused, nanoTime.getAsLong());
  }

  @Override
  public synchronized boolean refused(String keyIdentifier, Aor aor) {
    Long then = since.get(new Refused(keyIdentifier, aor));
    return then != null && nanoTime.getAsLong() - then < KEPT_NANOS;
  }
}
