package org.latchkey.doctor.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Enrolment;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Knock;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;
import org.latchkey.pbx.PbxControl;

/** An agent that gives everybody the same key. */
final class TestAgent implements Enrolments {

  static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  static final String SECRET = "abcdefghijklmnopqrstuvwxyz";

  final List<KeyRecord> keys = new ArrayList<>();
  final List<Enrolment> enrolments = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  Registrar registrar = new Registrar("localhost", 1, 1, 1);
  Optional<PbxControl> pbx = Optional.empty();

  /** The answer of {@code POST /v1/keys}. */
  String answer(String request) {
    if (!request.equals("{\"code\":\"code\"}")) {
      return "";
    }
    issue(KEY, "latchkey-probe", enrolments.get(enrolments.size() - 1).id());
    return """
    {"keyIdentifier":"%s","secret":"%s","aor":"latchkey-probe@localhost","realm":"latchkey",
     "algorithm":"MD5","registrar":{"host":"localhost","port":%d,"new":[1]},
     "provisioning":{"user":"u","password":"p"}}\
    """
        .formatted(KEY, SECRET, registrar.port());
  }

  /** Issues a key. */
  void issue(String keyIdentifier, String user, String enrolment) {
    keys.add(
        new KeyRecord(
            keyIdentifier,
            0,
            new Aor(user, "localhost"),
            "latchkey",
            Optional.empty(),
            1,
            DigestAlgorithm.MD5,
            "json",
            Optional.empty(),
            enrolment,
            0,
            Instant.now(),
            Optional.empty(),
            Optional.empty()));
  }

  /** Whether a key lives. */
  boolean lives(String keyIdentifier) {
    return keys.stream()
        .anyMatch(key -> key.keyIdentifier().equals(keyIdentifier) && key.revocation().isEmpty());
  }

  @Override
  public NewEnrolment enrol(EnrolmentOrder order, String actor) {
    Enrolment made =
        new Enrolment(
            "e" + (enrolments.size() + 1),
            new Aor(order.aor().replaceAll("@.*", ""), "localhost"),
            order.device(),
            1,
            order.displayName(),
            false,
            order.codeKind(),
            "",
            actor,
            Instant.now(),
            Instant.now().plusSeconds(120),
            5,
            Optional.empty());
    enrolments.add(made);
    return new NewEnrolment(made, Optional.of(Secret.ofText("code")));
  }

  @Override
  public List<NewEnrolment> enrolLines(List<EnrolmentOrder> orders, String actor) {
    throw new UnsupportedOperationException("the doctor's phone has one line");
  }

  @Override
  public List<NewEnrolment> enrolAnew(List<EnrolmentOrder> orders, String actor) {
    throw new UnsupportedOperationException("the doctor has no inventory");
  }

  @Override
  public List<Enrolment> enrolments() {
    return List.copyOf(enrolments);
  }

  @Override
  public void cancel(String enrolment, String actor) {
    asked.add("cancel " + enrolment + " by " + actor);
    enrolments.replaceAll(one -> one.id().equals(enrolment) ? one.endingAt(Instant.EPOCH) : one);
  }

  @Override
  public List<KeyRecord> find(String phone) {
    return keys.stream().filter(key -> key.aor().toString().equals(phone)).toList();
  }

  @Override
  public List<KeyRecord> lines(String keyIdentifier) {
    throw new UnsupportedOperationException("the doctor looks at one line");
  }

  @Override
  public List<Enrolment> otherLines(List<EnrolmentOrder> orders) {
    throw new UnsupportedOperationException("the doctor's phone has one line");
  }

  @Override
  public Ended revokeDevice(String device, String reason, String actor) {
    throw new UnsupportedOperationException("the doctor's phone has no name");
  }

  @Override
  public Ended revoke(String keyIdentifier, String reason, String actor) {
    asked.add("revoke " + keyIdentifier + " by " + actor);
    KeyRecord.Revocation end =
        new KeyRecord.Revocation(Instant.now(), actor, reason, Optional.empty());
    keys.replaceAll(key -> key.keyIdentifier().equals(keyIdentifier) ? key.revoked(end) : key);
    pbx.ifPresent(one -> one.drop(keyIdentifier));
    return new Ended(
        keys.stream().filter(key -> key.keyIdentifier().equals(keyIdentifier)).toList(), List.of());
  }

  @Override
  public Site site() {
    return new Site("latchkey", "latchkey", List.of("localhost"), registrar);
  }

  @Override
  public List<Problem> check(List<EnrolmentOrder> orders) {
    return List.of();
  }

  @Override
  public List<NewEnrolment> enrolAll(
      List<EnrolmentOrder> orders, String actor, IntConsumer progress) {
    return List.of();
  }

  @Override
  public List<Knock> knocks() {
    return List.of();
  }

  @Override
  public List<KeyRecord> keys() {
    return keys;
  }

  @Override
  public Enrolment assign(String keyIdentifier, String aor, String actor) {
    throw new UnsupportedOperationException("the doctor assigns nothing");
  }
}
