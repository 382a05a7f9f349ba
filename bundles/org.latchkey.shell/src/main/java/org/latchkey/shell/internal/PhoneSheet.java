package org.latchkey.shell.internal;

import org.latchkey.admission.Hold;
import org.latchkey.key.KeyRecord;
import org.latchkey.pbx.Registration;
import org.latchkey.phone.PhoneProfile;

/** All that is known of a phone, one fact a line. */
public final class PhoneSheet {

  private final Families families;
  private final Printout out;

  /** A sheet to be printed. */
  public PhoneSheet(Parts parts, Printout out) {
    this.families = new Families(parts);
    this.out = out;
  }

  /** Prints it. */
  public void print(Phone phone) {
    out.line(phone.aor() + ": " + phone.state());
    fact(
        "key identifier", phone.keyIdentifier().isEmpty() ? "none of ours" : phone.keyIdentifier());
    phone.record().ifPresent(this::key);
    families.of(phone).ifPresent(this::family);
    phone.registrations().forEach(this::registration);
    phone.holds().forEach(this::hold);
  }

  private void key(KeyRecord key) {
    fact("device", key.device().orElse("none, the key identifier is random"));
    fact("line", Integer.toString(key.line()));
    key.displayName().ifPresent(name -> fact("name", name));
    fact("realm", key.realm());
    fact("generation", Integer.toString(key.generation()));
    key.replacedBy().ifPresent(next -> fact("replaced by", next));
    fact("least algorithm", key.least().token());
    fact("profile", key.profile());
    fact("enrolment", key.enrolment());
    fact("issued", PlainText.of(key.issuedAt()));
    fact("first registered", key.registeredAt().map(PlainText::of).orElse("never"));
    key.revocation()
        .ifPresent(
            end -> {
              fact("revoked", "%s by %s".formatted(PlainText.of(end.at()), end.by()));
              fact("reason", end.reason());
              end.successor().ifPresent(enrolment -> fact("successor", enrolment));
            });
  }

  private void family(PhoneProfile profile) {
    fact("unregistered", profile.traits().callsUnregistered() ? "may call" : "can't call");
    fact("fetches on", profile.traits().checkSyncEvent().orElse("its next start only"));
  }

  private void registration(Registration one) {
    fact(
        "registered",
        "%s from %s, until %s"
            .formatted(one.transport(), one.source(), PlainText.of(one.expiresAt())));
    fact("contact", one.contact());
    fact("User-Agent", one.userAgent());
  }

  private void hold(Hold hold) {
    fact(
        switch (hold.kind()) {
          case HELD -> "held";
          case AWAITS_APPROVAL -> "awaits approval";
          case LEFT_BEHIND -> "left behind";
        },
        "since %s by %s".formatted(PlainText.of(hold.at()), hold.by()));
    fact("reason", hold.reason());
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      out.line("  %-17s %s".formatted(name, value));
    }
  }
}
