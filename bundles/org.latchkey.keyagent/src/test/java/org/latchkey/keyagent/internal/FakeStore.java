package org.latchkey.keyagent.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Generation;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.StoreUnavailableException;

/** A store in memory that keeps its promises, and can be away. */
final class FakeStore implements KeyRecords {

  final Map<Integer, Generation> generations = new TreeMap<>();
  final Map<String, Enrolment> enrolments = new LinkedHashMap<>();
  final Map<String, KeyRecord> keys = new LinkedHashMap<>();
  final Set<String> revoked = new LinkedHashSet<>();

  /** Names of keys and enrolments whose rows nobody can read. */
  final Set<String> bad = new LinkedHashSet<>();

  /** What others do at the moment before ends are written. */
  Runnable meanwhile = () -> {};

  private final List<String> diary;
  private boolean away;
  private boolean readOnly;

  /** Writes what it changes into the diary. */
  FakeStore(List<String> diary) {
    this.diary = diary;
  }

  synchronized void away(boolean value) {
    away = value;
  }

  synchronized void readOnly(boolean value) {
    readOnly = value;
  }

  @Override
  public synchronized List<Generation> generations() {
    reading();
    return List.copyOf(generations.values());
  }

  @Override
  public synchronized void addGeneration(Generation generation) {
    writing("generation " + generation.number());
    if (generations.putIfAbsent(generation.number(), generation) != null) {
      throw new IllegalArgumentException("known");
    }
  }

  @Override
  public synchronized void advance(List<Generation> changed) {
    Map<Integer, Generation> now = new HashMap<>(generations);
    for (Generation g : changed) {
      Generation old = now.put(g.number(), g);
      if (old.state() != g.state() && !g.state().before().equals(Optional.of(old.state()))) {
        throw new IllegalArgumentException("a state is left out");
      }
    }
    List<Integer> numbers = changed.stream().map(Generation::number).distinct().toList();
    writing("advance " + Roster.of(numbers.stream().map(now::get).toList()).text());
    generations.putAll(now);
  }

  @Override
  public synchronized boolean replace(KeyRecord key, String before) {
    writing("replace");
    Enrolment enrolment = enrolments.get(key.enrolment());
    if (keys.containsKey(key.keyIdentifier())
        || !enrolment.keyIdentifier().equals(Optional.of(before))) {
      return false;
    }
    keys.put(key.keyIdentifier(), key);
    enrolments.put(enrolment.id(), enrolment.issued(key.keyIdentifier()));
    return true;
  }

  @Override
  public synchronized Set<String> revokeReplaced(
      int generation, Instant at, String by, String reason) {
    writing("revoke replaced");
    Set<String> ended = new LinkedHashSet<>();
    for (KeyRecord key : keys()) {
      boolean used = key.replacedBy().map(keys::get).flatMap(KeyRecord::registeredAt).isPresent();
      if (key.generation() == generation && key.revocation().isEmpty() && used) {
        KeyRecord.Revocation end =
            new KeyRecord.Revocation(at, by, reason, Optional.of(key.enrolment()));
        keys.put(key.keyIdentifier(), key.revoked(end));
        ended.add(key.keyIdentifier());
      }
    }
    revoked.addAll(ended);
    return ended;
  }

  @Override
  public synchronized void addEnrolments(List<Enrolment> list) {
    writing("enrolments " + list.size());
    list.forEach(enrolment -> enrolments.put(enrolment.id(), enrolment));
  }

  @Override
  public synchronized Optional<Enrolment> enrolment(String id) {
    reading(id);
    return Optional.ofNullable(enrolments.get(id));
  }

  @Override
  public synchronized Optional<Enrolment> enrolmentByCodeHash(String codeHash) {
    return enrolments().stream().filter(e -> e.codeHash().equals(codeHash)).findFirst();
  }

  @Override
  public synchronized List<Enrolment> enrolmentsOfDevice(String device) {
    return enrolments().stream().filter(e -> e.device().equals(Optional.of(device))).toList();
  }

  @Override
  public synchronized List<Enrolment> enrolments() {
    reading();
    return newestFirst(enrolments.values().stream().toList(), e -> true);
  }

  @Override
  public synchronized void updateEnrolment(Enrolment enrolment) {
    writing("enrolment " + enrolment.id());
    enrolments.put(enrolment.id(), enrolment);
  }

  @Override
  public synchronized boolean replaceCodeHash(String enrolment, String before, String next) {
    writing("code hash of " + enrolment);
    Enrolment one = enrolments.get(enrolment);
    if (!one.codeHash().equals(before)) {
      return false;
    }
    enrolments.put(enrolment, Successor.linked(one, next, one.expiresAt()));
    return true;
  }

  @Override
  public synchronized boolean issue(KeyRecord key, Enrolment enrolment) {
    writing("issue");
    Enrolment before = enrolments.get(enrolment.id());
    if (keys.containsKey(key.keyIdentifier()) || before.keyIdentifier().isPresent()) {
      return false;
    }
    keys.put(key.keyIdentifier(), key);
    enrolments.put(enrolment.id(), enrolment);
    return true;
  }

  @Override
  public synchronized Optional<KeyRecord> key(String keyIdentifier) {
    reading(keyIdentifier);
    return Optional.ofNullable(keys.get(keyIdentifier)).map(this::asKept);
  }

  @Override
  public synchronized List<KeyRecord> keysOf(Aor aor) {
    return keys(key -> key.aor().equals(aor));
  }

  @Override
  public synchronized List<KeyRecord> keysOfUser(String user) {
    return keys(key -> key.aor().user().equals(user));
  }

  @Override
  public synchronized List<KeyRecord> keysOfDevice(String device) {
    return keys(key -> key.device().equals(Optional.of(device)));
  }

  @Override
  public synchronized List<KeyRecord> keys() {
    return keys(key -> true);
  }

  @Override
  public synchronized void registered(String keyIdentifier, Instant at) {
    writing("registered " + keyIdentifier);
    keys.computeIfPresent(
        keyIdentifier, (id, key) -> key.registeredAt().isPresent() ? key : key.registered(at));
  }

  @Override
  public synchronized void revoke(
      Collection<String> keyIdentifiers, KeyRecord.Revocation end, Optional<Enrolment> successor) {
    writing("revoke");
    keyIdentifiers.forEach(name -> keys.computeIfPresent(name, (id, key) -> key.revoked(end)));
    revoked.addAll(keyIdentifiers);
    successor.ifPresent(enrolment -> enrolments.put(enrolment.id(), enrolment));
  }

  @Override
  public synchronized void end(
      Collection<String> keyIdentifiers, Collection<String> names, KeyRecord.Revocation end) {
    meanwhile.run();
    revoke(keyIdentifiers, end, Optional.empty());
    for (String name : names) {
      enrolments.computeIfPresent(
          name, (id, one) -> one.keyIdentifier().isPresent() ? one : one.endingAt(end.at()));
    }
  }

  @Override
  public synchronized Set<String> revoked() {
    reading();
    return revoked.stream()
        .filter(id -> !keys.containsKey(id) || !isDestroyed(keys.get(id).generation()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private List<KeyRecord> keys(Predicate<KeyRecord> wanted) {
    reading();
    return newestFirst(keys.values().stream().map(this::asKept).toList(), wanted);
  }

  /** With the key that its enrolment has led to since. */
  private KeyRecord asKept(KeyRecord k) {
    Optional<String> newest = enrolments.get(k.enrolment()).keyIdentifier();
    return new KeyRecord(
        k.keyIdentifier(),
        k.generation(),
        k.aor(),
        k.realm(),
        k.device(),
        k.line(),
        k.least(),
        k.profile(),
        k.displayName(),
        k.enrolment(),
        k.issueCounter(),
        k.issuedAt(),
        k.registeredAt(),
        k.revocation(),
        newest.filter(key -> !key.equals(k.keyIdentifier())));
  }

  private static <T> List<T> newestFirst(List<T> all, Predicate<T> wanted) {
    List<T> list = new ArrayList<>();
    all.stream().filter(wanted).forEach(one -> list.add(0, one));
    return list;
  }

  private boolean isDestroyed(int generation) {
    Generation known = generations.get(generation);
    return known != null && known.state() == Generation.State.DESTROYED;
  }

  private void reading(String name) {
    reading();
    if (bad.contains(name)) {
      throw new IllegalArgumentException("a bad row");
    }
  }

  private void reading() {
    if (away) {
      throw new StoreUnavailableException("the disk is gone", new IllegalStateException());
    }
  }

  private void writing(String what) {
    reading();
    if (readOnly) {
      throw new StoreUnavailableException("the disk is full", new IllegalStateException());
    }
    diary.add("store: " + what);
  }
}
