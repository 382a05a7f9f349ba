package org.latchkey.shell.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.admission.Hold;
import org.latchkey.key.Aor;
import org.latchkey.key.KeyRecord;
import org.latchkey.pbx.Registration;

/**
 * A phone as the agent, the quarantine and the PBXs know it together.
 *
 * @param keyIdentifier its key; empty text for an old phone with a password of its own
 * @param aor its AOR
 * @param record what the agent keeps of its key; empty when the agent does not know it
 * @param registrations its live registrations
 * @param holds why it is in quarantine
 */
public record Phone(
    String keyIdentifier,
    Aor aor,
    Optional<KeyRecord> record,
    List<Registration> registrations,
    List<Hold> holds) {

  /** Copies the lists. */
  public Phone {
    registrations = List.copyOf(registrations);
    holds = List.copyOf(holds);
  }

  /** Its state in a few words. */
  public String state() {
    if (revoked()) {
      return "revoked";
    }
    if (replaced() && registrations.isEmpty()) {
      return "replaced";
    }
    String registered = registrations.isEmpty() ? "not registered" : "registered";
    if (registrations.isEmpty() && record.flatMap(KeyRecord::registeredAt).isEmpty()) {
      registered = "never registered";
    }
    if (awaitsApproval()) {
      return registered + ", awaits approval";
    }
    if (leftBehind()) {
      return registered + ", left behind";
    }
    return held() ? registered + ", held" : registered;
  }

  /** Whether its key is neither revoked nor replaced. */
  public boolean live() {
    return !revoked() && !replaced();
  }

  /** Whether its key was revoked. */
  public boolean revoked() {
    return record.flatMap(KeyRecord::revocation).isPresent();
  }

  /** Whether it has fetched a key of a later generation. */
  public boolean replaced() {
    return record.flatMap(KeyRecord::replacedBy).isPresent();
  }

  /** Whether it is held until it fetches a key of a later generation. */
  public boolean leftBehind() {
    return holds.stream().anyMatch(hold -> hold.kind() == Hold.Kind.LEFT_BEHIND);
  }

  /** Whether somebody holds it. */
  public boolean held() {
    return holds.stream().anyMatch(hold -> hold.kind() == Hold.Kind.HELD);
  }

  /** Whether it waits for approval. */
  public boolean awaitsApproval() {
    return holds.stream().anyMatch(hold -> hold.kind() == Hold.Kind.AWAITS_APPROVAL);
  }

  /**
   * Whether it is for an administrator to approve: not under a key that has ended or is replaced.
   */
  public boolean toApprove() {
    return awaitsApproval() && !replaced() && !revoked();
  }

  /** Its device identifier; empty text when it has none. */
  public String device() {
    return record.flatMap(KeyRecord::device).orElse("");
  }

  /** Its line as text; empty when not known. */
  public String line() {
    return record.map(key -> Integer.toString(key.line())).orElse("");
  }

  /** What people call it; empty text when nothing. */
  public String displayName() {
    return record.flatMap(KeyRecord::displayName).orElse("");
  }

  /** Where it is registered from. */
  public String sources() {
    return registrations.stream()
        .map(one -> one.transport().toLowerCase(java.util.Locale.ROOT) + ' ' + one.source())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** What it calls itself; untrusted. */
  public String userAgents() {
    return registrations.stream()
        .map(Registration::userAgent)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** How a person tells it from others. */
  public String description() {
    String key = keyIdentifier.isEmpty() ? "no key of ours" : keyIdentifier;
    return "%s  %s%s%s"
        .formatted(
            key,
            aor,
            line().isEmpty() ? "" : "  line " + line(),
            device().isEmpty() ? "" : "  device " + device());
  }

  /** For JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("aor", aor.toString());
    map.put("keyIdentifier", keyIdentifier);
    map.put("device", device());
    record.ifPresent(key -> map.put("line", key.line()));
    map.put("displayName", displayName());
    map.put("state", state());
    map.put("revoked", revoked());
    record.ifPresent(
        key -> {
          map.put("realm", key.realm());
          map.put("profile", key.profile());
          map.put("least", key.least().token());
          map.put("generation", key.generation());
          key.replacedBy().ifPresent(next -> map.put("replacedBy", next));
          map.put("enrolment", key.enrolment());
          map.put("issuedAt", key.issuedAt().toString());
          key.registeredAt().ifPresent(at -> map.put("firstRegisteredAt", at.toString()));
        });
    map.put("registrations", registrations.stream().map(Phone::toMap).toList());
    map.put("holds", holds.stream().map(Phone::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(Registration registration) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("contact", registration.contact());
    map.put("transport", registration.transport());
    map.put("source", registration.source());
    map.put("userAgent", registration.userAgent());
    map.put("registeredAt", registration.registeredAt().toString());
    map.put("expiresAt", registration.expiresAt().toString());
    return map;
  }

  private static Map<String, Object> toMap(Hold hold) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", hold.kind().name());
    map.put("reason", hold.reason());
    map.put("by", hold.by());
    map.put("at", hold.at().toString());
    return map;
  }
}
