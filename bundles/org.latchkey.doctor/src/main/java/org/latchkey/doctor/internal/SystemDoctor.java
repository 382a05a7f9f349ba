package org.latchkey.doctor.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditLog;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Enrolments;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxControl;
import org.latchkey.status.Doctor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The doctor as a service. It is there whatever else is: every other part is optional, since its
 * absence is what it may have to report.
 */
@Component(configurationPid = "org.latchkey.doctor")
@Designate(ocd = DoctorConfiguration.class)
public final class SystemDoctor implements Doctor {

  /** With the longest step and the cleaning up, an examination ends within 60 seconds. */
  private static final Duration BUDGET = Duration.ofSeconds(30);

  private static final Duration LONGEST_STEP = Duration.ofSeconds(15);

  private final Settings settings;
  private final Path base;
  private final Clock clock;
  private final AtomicBoolean busy = new AtomicBoolean();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Enrolments agent;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable Quarantine quarantine;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable AuditLog audit;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PublicAddress doors;

  @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<PbxControl> pbxs = List.of();

  /** A doctor of the Karaf that runs it. */
  @Activate
  public SystemDoctor(DoctorConfiguration configured) {
    this(
        Settings.of(configured),
        Path.of(System.getProperty("karaf.base", "."), "latchkey"),
        Clock.systemUTC());
  }

  SystemDoctor(Settings settings, Path base, Clock clock) {
    this.settings = settings;
    this.base = base;
    this.clock = clock;
  }

  @Override
  public List<Step> examine(String actor, Consumer<Step> listener) {
    if (!busy.compareAndSet(false, true)) {
      throw new RequestRefusedException(
          "An examination is going on already; it ends within a minute.");
    }
    Surroundings found =
        new Surroundings(
            Optional.ofNullable(agent),
            Optional.ofNullable(quarantine),
            Optional.ofNullable(audit),
            Optional.ofNullable(doors),
            List.copyOf(pbxs));
    try (Findings findings = new Findings(listener, BUDGET, LONGEST_STEP);
        Examination examination = new Examination(found, settings, findings, base, clock)) {
      examination.run(actor);
      return findings.steps();
    } finally {
      busy.set(false);
    }
  }
}
