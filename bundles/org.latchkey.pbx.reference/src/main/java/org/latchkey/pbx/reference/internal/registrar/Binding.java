package org.latchkey.pbx.reference.internal.registrar;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.latchkey.key.Aor;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.transport.Flow;

/**
 * One contact of an AOR (RFC 3261 section 10). The phone is reached on its flow; its contact is
 * only what stands in the Request-URI then.
 *
 * @param aor whose contact it is
 * @param contact the contact URI as the phone wrote it
 * @param target the same, read
 * @param instance its {@code +sip.instance} (RFC 5626 section 4.1); empty when it has none
 * @param keyIdentifier the key it proved
 * @param flow where it is
 * @param callId the Call-ID of its REGISTER
 * @param cseq the CSeq number of its REGISTER
 * @param userAgent what it calls itself
 * @param registeredAt when it was last refreshed
 * @param expiresAt when it ends for the phone
 */
public record Binding(
    Aor aor,
    String contact,
    SipUri target,
    String instance,
    String keyIdentifier,
    Flow flow,
    String callId,
    long cseq,
    String userAgent,
    Instant registeredAt,
    Instant expiresAt) {

  /** A phone that comes back late is still here. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** Whether it is still held, which is a little longer than the phone believes. */
  public boolean isLive(Instant now) {
    return now.isBefore(expiresAt.plus(GRACE));
  }

  /** Whether a newer contact stands for the same phone. */
  boolean isReplacedBy(Binding newer) {
    boolean samePhone =
        !instance.isEmpty()
            && instance.equals(newer.instance)
            && keyIdentifier.equals(newer.keyIdentifier);
    return samePhone || target.sameContact(newer.target);
  }

  /**
   * As administrators see it, with its times as much later as the clock was set forward: in
   * seconds, since two clocks are not read in the same moment.
   */
  public Registration toRegistration(Duration set) {
    return new Registration(
        aor,
        contact,
        keyIdentifier,
        flow.transport().name(),
        flow.source(),
        userAgent,
        registeredAt.plus(set).truncatedTo(ChronoUnit.SECONDS),
        expiresAt.plus(set).truncatedTo(ChronoUnit.SECONDS));
  }
}
