package org.latchkey.shell.internal;

import java.util.List;
import org.latchkey.admission.CallAdmission;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditChain;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.PhoneJournal;
import org.latchkey.backup.Backups;
import org.latchkey.custody.Custodian;
import org.latchkey.custody.RegistrarExports;
import org.latchkey.custody.RegistrarNode;
import org.latchkey.door.PbxTokens;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.EnrolmentWindows;
import org.latchkey.key.Enrolments;
import org.latchkey.key.FactoryTrust;
import org.latchkey.key.Generations;
import org.latchkey.key.KeyRecords;
import org.latchkey.key.LegacyExports;
import org.latchkey.key.MaintenancePasswords;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.pbx.PbxControl;
import org.latchkey.phone.FilePreviews;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.registration.RegistrationAuthenticator;
import org.latchkey.status.Doctor;

/** The parts of Latchkey, by what each offers and the bundle that usually offers it. */
public enum Part {
  /** Issues keys. */
  KEY_AGENT("key agent", "org.latchkey.keyagent"),
  /** The HTTPS doors. */
  DOORS("HTTPS doors", "org.latchkey.https"),
  /** Checks registrations. */
  AUTHENTICATOR("authenticator", "org.latchkey.authenticator"),
  /** Has what a key agent exported. */
  REGISTRAR("registrar node", "org.latchkey.registrar"),
  /** Decides on calls. */
  QUARANTINE("quarantine", "org.latchkey.quarantine"),
  /** Keeps what lasts. */
  STORE("store", "org.latchkey.store"),
  /** Keeps evidence. */
  AUDIT("audit log", "org.latchkey.audit"),
  /** Makes backups. */
  BACKUP("backup", "org.latchkey.backup"),
  /** Remembers what happened to phones. */
  JOURNAL("phone journal", "org.latchkey.audit"),
  /** Renders the phones' files. */
  PHONES("phone profiles", "org.latchkey.phones"),
  /** A PBX. */
  PBX("reference PBX", "org.latchkey.pbx.reference"),
  /** Answers a PBX that is no Java program, and writes its configuration. */
  PBX_ADAPTER("PBX adapter", "org.latchkey.pbx.http"),
  /** Examines the system. */
  DOCTOR("doctor", "org.latchkey.doctor");

  private final String words;
  private final String bundle;

  Part(String words, String bundle) {
    this.words = words;
    this.bundle = bundle;
  }

  /** What people call it. */
  public String words() {
    return words;
  }

  /** The symbolic name of the bundle that usually offers it. */
  public String bundle() {
    return bundle;
  }

  /** The feature that brings it. */
  String feature() {
    return switch (this) {
      case REGISTRAR -> "latchkey-registrar";
      case PBX -> "latchkey-reference-pbx";
      case PBX_ADAPTER -> "latchkey-pbx-http";
      default -> "latchkey";
    };
  }

  /** What it offers when it runs. */
  public List<Class<?>> services() {
    return switch (this) {
      case KEY_AGENT ->
          List.of(
              Enrolments.class,
              EnrolmentWindows.class,
              FactoryTrust.class,
              Generations.class,
              Custodian.class,
              MaintenancePasswords.class,
              RegistrarExports.class,
              LegacyExports.class);
      case DOORS -> List.of(PublicAddress.class, PbxTokens.class);
      case AUTHENTICATOR -> List.of(RegistrationAuthenticator.class);
      case REGISTRAR -> List.of(RegistrarNode.class);
      case QUARANTINE -> List.of(Quarantine.class, CallAdmission.class);
      case STORE -> List.of(KeyRecords.class);
      case AUDIT -> List.of(AuditLog.class, AuditChain.class);
      case BACKUP -> List.of(Backups.class);
      case JOURNAL -> List.of(PhoneJournal.class);
      case PHONES -> List.of(PhoneProfile.class, FilePreviews.class);
      case PBX -> List.of(PbxControl.class);
      case PBX_ADAPTER -> List.of(PbxConfiguration.class);
      case DOCTOR -> List.of(Doctor.class);
    };
  }

  /** The part that offers a service. */
  static Part offering(Class<?> service) {
    for (Part part : values()) {
      if (part.services().contains(service)) {
        return part;
      }
    }
    throw new IllegalArgumentException("no part offers " + service);
  }
}
