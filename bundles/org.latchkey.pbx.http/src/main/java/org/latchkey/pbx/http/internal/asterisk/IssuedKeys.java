package org.latchkey.pbx.http.internal.asterisk;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.latchkey.files.OwnerFile;
import org.latchkey.key.Aor;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.pbx.http.internal.PbxSite;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that were issued, without any secret, since Asterisk asks by key identifier alone. A
 * copy of the store's that is at most five seconds old, in memory, and in a file for a start
 * without a store. Whether a key is good says the source of HA1s, not this copy. Thread-safe.
 */
@Component(service = IssuedKeys.class)
public final class IssuedKeys implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IssuedKeys.class);
  private static final long ROUND_SECONDS = 3;
  private static final String FORM = "k[0-9a-z]{31}|j[0-9a-z]{19}";

  /** How many keys that are not in the copy are looked for in the store between two rounds. */
  private static final int MOST_LOOK_UPS = 20;

  private static final long MOST_WAIT_MILLIS = 100;

  private final PbxSite site;
  private final OwnerFile file;
  private final ScheduledExecutorService rounds;
  private final ExecutorService reader;
  private volatile Map<String, IssuedLine> byKey = Map.of();
  private volatile Map<Aor, List<IssuedLine>> byAor = Map.of();
  private String problem = "";
  private boolean unwritten;
  private final Semaphore lookUps = new Semaphore(MOST_LOOK_UPS);

  /** Keys that were too new for the copy, until it has them. */
  private final Map<String, IssuedLine> late = new ConcurrentHashMap<>();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable KeyRecords records;

  /** The keys of this site, there as long as its Asterisk is. */
  @Activate
  public IssuedKeys(@Reference PbxSite site, @Reference Asterisk asterisk) {
    this(site, Path.of(System.getProperty("karaf.base", "")).resolve("latchkey"));
    var unused = rounds.scheduleWithFixedDelay(this::round, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Without OSGi; {@link #round} is called by nobody. */
  IssuedKeys(PbxSite site, Path folder, KeyRecords records) {
    this(site, folder);
    this.records = records;
  }

  private IssuedKeys(PbxSite site, Path folder) {
    this.site = site;
    this.file = new OwnerFile(folder, "asterisk.keys");
    this.rounds = Executors.newSingleThreadScheduledExecutor(IssuedKeys::daemon);
    this.reader = Executors.newSingleThreadExecutor(IssuedKeys::daemon);
    takeFile();
  }

  /** Ends the rounds. */
  @Override
  @Deactivate
  public void close() {
    rounds.shutdownNow();
    reader.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "latchkey-asterisk-keys");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The key of this identifier, if it was issued and is not revoked. From memory; but a phone
   * registers as soon as it has its key, so one that may be too new for the copy is looked for in
   * the store, a few times between two rounds. That is waited for a moment only: a store that
   * stands still must not hold Asterisk, nor close the door to phones that are known.
   */
  Optional<IssuedLine> key(String keyIdentifier) {
    IssuedLine line = byKey.getOrDefault(keyIdentifier, late.get(keyIdentifier));
    KeyRecords present = records;
    if (line != null || present == null || !hasForm(keyIdentifier) || !lookUps.tryAcquire()) {
      return Optional.ofNullable(line);
    }
    try {
      var unused =
          reader.submit(() -> read(present, keyIdentifier)).get(MOST_WAIT_MILLIS, MILLISECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      LOG.debug("A key was not looked for in the store, or not in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(late.get(keyIdentifier));
  }

  private void read(KeyRecords present, String keyIdentifier) {
    try {
      present
          .key(keyIdentifier)
          .filter(this::isServed)
          .flatMap(IssuedLine::of)
          .ifPresent(line -> late.put(keyIdentifier, line));
    } catch (StoreUnavailableException e) {
      LOG.debug("The store can't be asked for a key", e);
    }
  }

  /** Whether a name has the form of a key identifier, which no endpoint of the PBX's own has. */
  static boolean hasForm(String name) {
    return name.matches(FORM);
  }

  private boolean isServed(KeyRecord key) {
    return key.realm().equals(site.realm()) && site.domains().contains(key.aor().domain());
  }

  /** The keys of an AOR, newest first. From memory. */
  List<IssuedLine> of(Aor aor) {
    List<IssuedLine> lines = new ArrayList<>(late.values());
    lines.removeIf(line -> !line.aor().equals(aor) || byKey.containsKey(line.keyIdentifier()));
    lines.addAll(byAor.getOrDefault(aor, List.of()));
    return lines;
  }

  /** All keys. From memory. */
  Map<String, IssuedLine> all() {
    Map<String, IssuedLine> all = new LinkedHashMap<>(late);
    all.putAll(byKey);
    return all;
  }

  /** Brings the copy up to date; what it can't read stays as it is. */
  void round() {
    lookUps.drainPermits();
    lookUps.release(MOST_LOOK_UPS);
    KeyRecords present = records;
    try {
      if (present != null) {
        update(present);
      }
      problem = "";
    } catch (StoreUnavailableException | IOException e) {
      String words = String.valueOf(e.getMessage());
      if (!words.equals(problem)) {
        LOG.warn("The copy of issued keys for Asterisk is not up to date: {}", words);
      }
      problem = words;
    } catch (RuntimeException e) {
      LOG.warn("The copy of issued keys for Asterisk could not be made", e);
    }
  }

  private void update(KeyRecords present) throws IOException {
    Set<String> older = Set.copyOf(late.keySet());
    List<IssuedLine> lines = new ArrayList<>();
    for (KeyRecord key : present.keys()) {
      if (isServed(key)) {
        IssuedLine.of(key).ifPresent(lines::add);
      }
    }
    if (unwritten || !List.copyOf(byKey.values()).equals(lines)) {
      take(lines);
      unwritten = true;
      file.write(text(lines).getBytes(StandardCharsets.UTF_8));
      unwritten = false;
    }
    late.keySet().removeAll(older);
  }

  private void take(List<IssuedLine> lines) {
    Map<String, IssuedLine> keys = new LinkedHashMap<>();
    Map<Aor, List<IssuedLine>> aors = new HashMap<>();
    for (IssuedLine line : lines) {
      keys.put(line.keyIdentifier(), line);
      aors.computeIfAbsent(line.aor(), aor -> new ArrayList<>()).add(line);
    }
    byKey = keys;
    byAor = aors;
  }

  private void takeFile() {
    if (!file.exists()) {
      return;
    }
    try {
      byte[] bytes = file.read();
      take(new String(bytes, StandardCharsets.UTF_8).lines().map(IssuedLine::ofText).toList());
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn(
          "{} can't be used, so no phone is known to Asterisk until the store is there: {}",
          file.path(),
          e.getMessage());
    }
  }

  private static String text(List<IssuedLine> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.toText()).append('\n'));
    return text.toString();
  }
}
