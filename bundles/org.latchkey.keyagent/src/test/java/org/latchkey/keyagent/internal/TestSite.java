package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;

/** A site with a key agent that can be started anew, and everything around it. */
final class TestSite {

  static final AgentSettings SETTINGS =
      new AgentSettings(
          "latchkey",
          List.of("latchkey", "second"),
          List.of("localhost", "example.org"),
          new Registrar("localhost", 5060, 5061, 5071),
          Duration.ofMinutes(15),
          30,
          2,
          new AgentSettings.Keeping("keystore", false, "", 0));

  final Path folder;
  final List<String> diary = Collections.synchronizedList(new ArrayList<>());
  final List<PhoneEvent> journal = Collections.synchronizedList(new ArrayList<>());
  final FakeStore store = new FakeStore(diary);
  final FakeAudit audit = new FakeAudit(diary);
  final FakeQuarantine quarantine = new FakeQuarantine(diary);
  final FakePbx pbx = new FakePbx("latchkey", diary);
  final Clock clock = new SiteClock();
  final AtomicLong nanos = new AtomicLong();
  final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
  final Neighbours neighbours = new Neighbours();
  private AgentSettings settings = SETTINGS;
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  Parts parts;
  Issuer issuer;
  EnrolmentDesk desk;
  GenerationDesk generations;
  CustodianDesk custodian;
  CustodyKeys keys;

  TestSite(Path folder) {
    this.folder = folder;
    neighbours.store(store);
    neighbours.audit(audit);
    neighbours.quarantine(quarantine);
    neighbours.journal(new FakeJournal(journal));
    neighbours.pbxs().add(pbx);
  }

  static TestSite startedIn(Path folder) {
    TestSite site = new TestSite(folder);
    site.start();
    return site;
  }

  void settings(AgentSettings value) {
    settings = value;
  }

  /** A process begins: nothing but files, store and neighbours is left of an earlier one. */
  void start() {
    if (parts != null) {
      parts.close();
    }
    parts =
        Parts.of(
            settings,
            PolicySettingsTest.SETTINGS,
            folder,
            neighbours,
            clock,
            new SitePace(),
            new SecureRandom());
    issuer = new Issuer(parts);
    desk = new EnrolmentDesk(parts);
    generations = new GenerationDesk(parts);
    custodian = new CustodianDesk(parts);
    keys = new CustodyKeys(parts);
    look();
  }

  void look() {
    parts.custody().look();
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  /** The clock is set, while no time passes. */
  void set(Instant time) {
    now = time;
  }

  Instant now() {
    return now;
  }

  void storeIsAway(boolean away) {
    if (away) {
      neighbours.noStore(store);
    } else {
      neighbours.store(store);
    }
  }

  NewEnrolment enrol(String aor) {
    return desk.enrol(EnrolmentOrder.of(aor), "anna");
  }

  NewEnrolment enrol(String aor, String device, Enrolment.CodeKind kind) {
    return desk.enrol(
        new EnrolmentOrder(
            aor, Optional.ofNullable(device), 1, Optional.empty(), false, kind, Optional.empty()),
        "anna");
  }

  /** One phone of the inventory is let in, whatever was before. */
  NewEnrolment enrolAnew(String aor, String device) {
    return desk.enrolAnew(List.of(inventoryOrder(aor, device)), "anna").get(0);
  }

  static EnrolmentOrder inventoryOrder(String aor, String device) {
    return new EnrolmentOrder(
        aor,
        Optional.of(device),
        1,
        Optional.empty(),
        false,
        Enrolment.CodeKind.INVENTORY,
        Optional.empty());
  }

  /** A device fetches with a code. */
  IssueResult fetch(Secret code, String device) {
    return issuer.issue(request(device).code(code).build());
  }

  /** A device fetches with its login. */
  IssueResult login(IssuedKey key) {
    return issuer.issue(
        request(null).login(key.keyIdentifier(), key.provisioningPassword()).build());
  }

  /** A phone with a random key identifier fetches its key and registers with it. */
  IssuedKey registered(String aor) {
    IssuedKey key = issued(fetch(enrol(aor).code().orElseThrow(), null));
    use(key);
    return key;
  }

  /** A phone registers with a key. */
  void use(IssuedKey key) {
    store.registered(key.keyIdentifier(), now);
    pbx.register(key.record());
  }

  /** Whether the authenticator would have a key to check this one with, and it is not revoked. */
  boolean authenticates(IssuedKey key) {
    KeyRecord record = key.record();
    return keys.subkey(
                record.generation(), KeyPurpose.REGISTRATION, record.realm(), record.aor().domain())
            .isPresent()
        && !keys.revoked(key.keyIdentifier());
  }

  static KeyRequest.Builder request(String device) {
    KeyRequest.Builder request = KeyRequest.from(InetAddress.getLoopbackAddress(), "json");
    return device == null ? request : request.device(device);
  }

  static IssuedKey issued(IssueResult result) {
    return result.fold(
        IssueResult.Issued::key,
        denied -> {
          throw new AssertionError("denied: " + denied.reason());
        },
        unavailable -> {
          throw new AssertionError("unavailable: " + unavailable.reason());
        });
  }

  static DenialReason denied(IssueResult result) {
    return result.fold(
        issued -> {
          throw new AssertionError("issued");
        },
        IssueResult.Denied::reason,
        unavailable -> {
          throw new AssertionError("unavailable: " + unavailable.reason());
        });
  }

  static String unavailable(IssueResult result) {
    return result.fold(
        issued -> {
          throw new AssertionError("issued");
        },
        denied -> {
          throw new AssertionError("denied: " + denied.reason());
        },
        IssueResult.Unavailable::reason);
  }

  static String text(Secret secret) {
    return new String(secret.copy(), StandardCharsets.UTF_8);
  }

  static Path real(Path folder) throws IOException {
    return folder.toRealPath().resolve("latchkey");
  }

  private final class SiteClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final class SitePace implements Pace {
    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void waitUntil(long end) {
      waits.add(end - nanos.get());
    }
  }
}
