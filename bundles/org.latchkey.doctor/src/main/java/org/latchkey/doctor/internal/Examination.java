package org.latchkey.doctor.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditEntry;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;

/** One examination from the disk to the revocation of the probe. */
final class Examination implements AutoCloseable {

  static final String DISK = "disk";
  static final String CLOCK = "clock";
  static final String AUDIT = "audit log";
  static final String NAMES = "probe and test destination";
  static final String CERTIFICATE = "HTTPS certificate";
  static final String ENROLMENT = "enrolment";
  static final String FETCH = "key over HTTPS";
  static final String CLEANING = "cleaning up";

  private static final Duration WINDOW = Duration.ofMinutes(2);

  private final Surroundings surroundings;
  private final Settings settings;
  private final Findings findings;
  private final Path base;
  private final Clock clock;
  private @Nullable TrustedCertificates trusted;
  private @Nullable NewEnrolment enrolment;
  private @Nullable Probe probe;
  private @Nullable PhoneExamination phones;

  /**
   * An examination.
   *
   * @param base the directory {@code latchkey}
   */
  Examination(
      Surroundings surroundings, Settings settings, Findings findings, Path base, Clock clock) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.findings = findings;
    this.base = base;
    this.clock = clock;
  }

  /** Carries out all steps. */
  void run(String actor) {
    findings.examine(DISK, List.of(), () -> new Disk(base, settings.leastFreeMebibytes()).check());
    findings.examine(CLOCK, List.of(), this::clock);
    findings.examine(AUDIT, List.of(), () -> audit("doctor.started", "asked by " + actor));
    findings.examine(CERTIFICATE, List.of(), this::certificate);
    findings.examine(NAMES, List.of(), this::names);
    findings.examine(ENROLMENT, List.of(AUDIT, NAMES), this::enrol);
    findings.examine(FETCH, List.of(ENROLMENT, CERTIFICATE), this::fetch);
    phones =
        new PhoneExamination(
            surroundings, settings.testDestination(), findings, settings.patience());
    phones.run(probe);
    findings.examine(
        "SIP over TLS, MD5", List.of(), () -> handshake(registrar().host(), registrar().tlsPort()));
    findings.examine(
        "SIP over TLS, SHA-256",
        List.of(),
        () -> handshake(registrar().host(), registrar().tlsSha256Port()));
    if (findings.passed(NAMES)) {
      findings.examineAnyway(CLEANING, this::cleanUp);
    }
  }

  @Override
  public void close() {
    if (phones != null) {
      phones.close();
    }
    if (enrolment != null) {
      enrolment.close();
    }
    if (probe != null) {
      probe.close();
    }
  }

  private String clock() throws Exception {
    return new ClockCheck(clock)
        .check(
            surroundings.audit(),
            base,
            surroundings.doors().isPresent() ? trusted().all() : List.of());
  }

  private String audit(String action, String detail) throws Trouble {
    surroundings
        .requireAudit()
        .append(
            new AuditEntry(
                clock.instant(), ProbeTraces.ACTOR, action, "", settings.probe(), "", "", detail));
    return "An entry was written.";
  }

  private String certificate() throws Exception {
    URI phones = surroundings.requireDoors().phones();
    int port = phones.getPort() < 0 ? 443 : phones.getPort();
    return handshake(phones.getHost(), port);
  }

  private String handshake(String host, int port) throws Exception {
    return new TlsCheck(trusted(), settings.patience()).handshake(host, port);
  }

  private String names() throws Trouble {
    ProbeTraces traces = new ProbeTraces(surroundings, aor());
    traces.requireOwnNames(settings.testDestination());
    int left = traces.remove();
    return left == 0
        ? "Nobody else uses %s.".formatted(aor())
        : "Took away %d keys and enrolments of %s that an earlier examination had left."
            .formatted(left, aor());
  }

  private String enrol() throws Trouble {
    Enrolments agent = surroundings.requireAgent();
    EnrolmentOrder order =
        new EnrolmentOrder(
            aor().toString(),
            Optional.empty(),
            1,
            Optional.of("doctor's probe"),
            false,
            CodeKind.URL,
            Optional.of(WINDOW));
    enrolment = agent.enrol(order, ProbeTraces.ACTOR);
    return "Enrolled %s as %s.".formatted(aor(), enrolment.enrolment().id());
  }

  private String fetch() throws Exception {
    PublicAddress doors = surroundings.requireDoors();
    Secret code =
        Optional.ofNullable(enrolment)
            .flatMap(NewEnrolment::code)
            .orElseThrow(() -> new Trouble("The enrolment came without a code.", ""));
    Probe fetched =
        new KeyFetch(trusted().context(), settings.patience()).fetch(doors.phones(), code);
    probe = fetched;
    if (fetched.keyIdentifier().isEmpty() || fetched.secret().length == 0) {
      throw new Trouble(
          "The answer of POST /v1/keys lacks keyIdentifier or secret.",
          "Another program may have the port: ss -ltnp.");
    }
    if (!fetched.aor().equals(aor().toString())) {
      throw new Trouble(
          "The key is for %s instead of %s.".formatted(fetched.aor(), aor()),
          "log:display tells more.");
    }
    return "Got key %s for realm %s.".formatted(fetched.keyIdentifier(), fetched.realm());
  }

  private String cleanUp() throws Trouble {
    int removed = new ProbeTraces(surroundings, aor()).remove();
    audit(
        "doctor.finished",
        findings.steps().stream().allMatch(step -> findings.passed(step.name()))
            ? "all steps passed"
            : "not all steps passed");
    return removed == 0 ? "Nothing was left." : "Took the probe away again.";
  }

  private Registrar registrar() throws Trouble {
    return surroundings.requireAgent().site().registrar();
  }

  private Aor aor() throws Trouble {
    return new Aor(settings.probe(), surroundings.requireAgent().site().domains().get(0));
  }

  private TrustedCertificates trusted() throws Trouble {
    if (trusted == null) {
      trusted = TrustedCertificates.of(surroundings.requireDoors(), settings.caFile());
    }
    return trusted;
  }
}
