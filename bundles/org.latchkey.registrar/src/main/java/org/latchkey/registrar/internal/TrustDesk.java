package org.latchkey.registrar.internal;

import java.time.Instant;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.custody.RegistrarNode;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.PublicPart;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets an administrator say whose exports are taken over. */
@Component(immediate = true)
public final class TrustDesk implements RegistrarNode {

  private final Node registrar;

  /** The service. */
  @Activate
  public TrustDesk(@Reference Node registrar) {
    this.registrar = registrar;
  }

  @Override
  public InForce trust(String fingerprint, String actor) {
    Contents contents =
        registrar.custody().trust(fingerprint, agent -> registrar.audit(entry(actor, agent)));
    registrar.changed();
    return new InForce(
        contents.number(),
        contents.takenAt(),
        registrar.custody().standing().agent().map(PublicPart::fingerprint).orElse(""),
        List.copyOf(contents.generations()));
  }

  private static AuditEntry entry(String actor, PublicPart agent) {
    return new AuditEntry(
        Instant.now(),
        actor,
        "registrar.agent-trusted",
        "",
        "",
        "",
        "",
        "The agent " + agent.fingerprint());
  }
}
