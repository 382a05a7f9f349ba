package org.latchkey.doctor.internal;

import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.AuditLog;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Enrolments;
import org.latchkey.pbx.PbxControl;

/**
 * The services that an examination finds; any may be away.
 *
 * @param agent the key generating agent
 * @param quarantine the quarantine
 * @param audit the audit log
 * @param doors the HTTPS doors
 * @param pbxs the PBXs of this node
 */
record Surroundings(
    Optional<Enrolments> agent,
    Optional<Quarantine> quarantine,
    Optional<AuditLog> audit,
    Optional<PublicAddress> doors,
    List<PbxControl> pbxs) {

  /** The agent. */
  Enrolments requireAgent() throws Trouble {
    return agent.orElseThrow(() -> away("key agent", "org.latchkey.keyagent"));
  }

  /** The quarantine. */
  Quarantine requireQuarantine() throws Trouble {
    return quarantine.orElseThrow(() -> away("quarantine", "org.latchkey.quarantine"));
  }

  /** The audit log. */
  AuditLog requireAudit() throws Trouble {
    return audit.orElseThrow(() -> away("audit log", "org.latchkey.audit"));
  }

  /** The doors. */
  PublicAddress requireDoors() throws Trouble {
    return doors.orElseThrow(() -> away("HTTPS doors", "org.latchkey.https"));
  }

  private static Trouble away(String part, String bundle) {
    return new Trouble(
        "The " + part + " is not running.",
        "Start the bundle " + bundle + "; latchkey:status says what it lacks.");
  }
}
