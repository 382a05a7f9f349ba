package org.latchkey.shell.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.latchkey.audit.PhoneNames;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Enrolment;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Knock;
import org.latchkey.key.Registrar;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** A key generating agent that keeps everything in lists. */
public final class FakeAgent implements Enrolments {

  /** The moment at which everything was issued. */
  public static final Instant THEN = Instant.parse("2026-11-25T10:00:00Z");

  /** The code it gives. */
  public static final String CODE = "abcdefghijklmnop";

  /** What was asked, one line each. */
  public final List<String> asked = new ArrayList<>();

  /** Its keys. */
  public final List<KeyRecord> keys = new ArrayList<>();

  /** Its enrolments. */
  public final List<Enrolment> enrolments = new ArrayList<>();

  /** Who knocked. */
  public final List<Knock> knocks = new ArrayList<>();

  /** Issues a key. */
  public FakeAgent issued(String keyIdentifier, String extension, String device, int line) {
    keys.add(
        new KeyRecord(
            keyIdentifier,
            0,
            new Aor(extension, "localhost"),
            "latchkey",
            Optional.of(device).filter(text -> !text.isEmpty()),
            line,
            DigestAlgorithm.MD5,
            "json",
            Optional.of("Ann's desk"),
            "e-" + extension + device + line,
            0,
            THEN,
            Optional.empty(),
            Optional.empty()));
    return this;
  }

  /** Lets the phone of a key have another one of the next generation instead. */
  public FakeAgent moved(String from, String to) {
    for (int i = 0; i < keys.size(); i++) {
      KeyRecord old = keys.get(i);
      if (old.keyIdentifier().equals(from)) {
        keys.set(
            i,
            new KeyRecord(
                from,
                old.generation(),
                old.aor(),
                old.realm(),
                old.device(),
                old.line(),
                old.least(),
                old.profile(),
                old.displayName(),
                old.enrolment(),
                old.issueCounter(),
                old.issuedAt(),
                old.registeredAt(),
                old.revocation(),
                Optional.of(to)));
        return issued(to, old.aor().user(), old.device().orElse(""), old.line());
      }
    }
    throw new AssertionError("no key " + from);
  }

  @Override
  public NewEnrolment enrol(EnrolmentOrder order, String actor) {
    if (order.aor().equals("bad")) {
      throw new RequestRefusedException("'bad' is no extension. Use digits.");
    }
    asked.add("enrol " + order + " by " + actor);
    Enrolment made = enrolment("e" + (enrolments.size() + 1), order, actor);
    enrolments.add(made);
    return new NewEnrolment(
        made, Optional.of(Secret.copyOf(CODE.getBytes(StandardCharsets.US_ASCII))));
  }

  @Override
  public List<NewEnrolment> enrolLines(List<EnrolmentOrder> orders, String actor) {
    return enrolAll(orders, actor, done -> {});
  }

  @Override
  public List<NewEnrolment> enrolAnew(List<EnrolmentOrder> orders, String actor) {
    asked.add("anew");
    return enrolLines(orders, actor);
  }

  private static Enrolment enrolment(String id, EnrolmentOrder order, String actor) {
    return new Enrolment(
        id,
        new Aor(order.aor(), "localhost"),
        order.device(),
        order.line(),
        order.displayName(),
        order.approval(),
        order.codeKind(),
        "hash",
        actor,
        THEN,
        Instant.now().plus(Duration.ofMinutes(15)),
        5,
        Optional.empty());
  }

  @Override
  public List<Problem> check(List<EnrolmentOrder> orders) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      if (orders.get(i).aor().equals("bad")) {
        problems.add(new Problem(i, "is no extension. Use digits.", false));
      } else if (orders.get(i).aor().equals("listed")) {
        problems.add(new Problem(i, "Is in the inventory already.", true));
      }
    }
    return problems;
  }

  @Override
  public List<NewEnrolment> enrolAll(
      List<EnrolmentOrder> orders, String actor, IntConsumer progress) {
    List<NewEnrolment> made = new ArrayList<>();
    for (EnrolmentOrder order : orders) {
      made.add(enrol(order, actor));
      progress.accept(made.size());
    }
    return made;
  }

  @Override
  public List<Enrolment> enrolments() {
    return enrolments;
  }

  @Override
  public void cancel(String enrolment, String actor) {
    asked.add("cancel " + enrolment + " by " + actor);
  }

  @Override
  public List<Knock> knocks() {
    return knocks;
  }

  @Override
  public List<KeyRecord> keys() {
    return keys;
  }

  @Override
  public List<KeyRecord> find(String phone) {
    return keys.stream()
        .filter(
            key ->
                PhoneNames.of(
                        key.keyIdentifier(), key.aor().toString(), key.device().orElse(""), "")
                    .stream()
                    .anyMatch(PhoneNames.meantBy(phone)::contains))
        .toList();
  }

  /** Keys whose phones call themselves by a device that nobody named for them. */
  public final Set<String> claims = new HashSet<>();

  @Override
  public List<KeyRecord> lines(String keyIdentifier) {
    List<KeyRecord> own = find(keyIdentifier);
    if (claims.contains(keyIdentifier)) {
      return own;
    }
    return keys.stream()
        .filter(key -> !claims.contains(key.keyIdentifier()))
        .filter(
            key ->
                own.contains(key)
                    || own.stream().anyMatch(one -> one.device().equals(key.device())))
        .toList();
  }

  @Override
  public List<Enrolment> otherLines(List<EnrolmentOrder> orders) {
    return enrolments.stream()
        .filter(
            line ->
                orders.stream().anyMatch(order -> isOn(order, line) && order.line() != line.line()))
        .filter(
            line ->
                orders.stream()
                    .noneMatch(order -> isOn(order, line) && order.line() == line.line()))
        .toList();
  }

  private static boolean isOn(EnrolmentOrder order, Enrolment line) {
    return order.device().isPresent()
        && PhoneNames.meantBy(order.device().get()).contains(line.device().orElse(""));
  }

  @Override
  public Ended revokeDevice(String device, String reason, String actor) {
    asked.add("revoke device " + device + " because '" + reason + "' by " + actor);
    List<KeyRecord> ended =
        keys.stream().filter(key -> key.device().equals(Optional.of(device))).toList();
    List<Enrolment> open =
        enrolments.stream().filter(one -> one.device().equals(Optional.of(device))).toList();
    return new Ended(ended, open);
  }

  @Override
  public Ended revoke(String keyIdentifier, String reason, String actor) {
    asked.add("revoke " + keyIdentifier + " because '" + reason + "' by " + actor);
    KeyRecord.Revocation end = new KeyRecord.Revocation(THEN, actor, reason, Optional.empty());
    keys.replaceAll(key -> key.keyIdentifier().equals(keyIdentifier) ? key.revoked(end) : key);
    return new Ended(find(keyIdentifier), List.of());
  }

  @Override
  public Enrolment assign(String keyIdentifier, String aor, String actor) {
    asked.add("assign " + keyIdentifier + " to " + aor + " by " + actor);
    return enrolment("e9", EnrolmentOrder.of(aor), actor);
  }

  @Override
  public Site site() {
    return new Site(
        "latchkey", "latchkey", List.of("localhost"), new Registrar("localhost", 5060, 5061, 5071));
  }
}
