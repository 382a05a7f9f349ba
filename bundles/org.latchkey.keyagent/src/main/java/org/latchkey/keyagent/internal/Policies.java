package org.latchkey.keyagent.internal;

import java.security.SecureRandom;
import java.time.Clock;
import org.latchkey.files.OwnerFile;

/**
 * What decides on phones that come without a code.
 *
 * @param settings theirs
 * @param authorities whose factory certificates count
 * @param windows which are open
 * @param watch who asks in vain
 * @param desk who decides
 */
record Policies(
    PolicySettings settings,
    FactoryAuthorities authorities,
    Windows windows,
    DeviceWatch watch,
    PolicyDesk desk) {

  /**
   * Who does the rest.
   *
   * @param domain of the AORs of strangers
   * @param neighbours quarantine and audit log
   * @param lines what else a device would get
   * @param file all of them in one answer
   * @param enrolments one decision at a time for each
   */
  record Desks(
      String domain,
      Neighbours neighbours,
      CodeDesk codes,
      LoginDesk logins,
      DeviceLines lines,
      DeviceFile file,
      Stripes enrolments) {}

  /** Puts them together; nothing is read yet. */
  static Policies of(
      PolicySettings settings,
      OwnerFile authoritiesFile,
      DeviceWatch watch,
      Windows windows,
      Desks desks,
      Clock clock,
      SecureRandom random) {
    FactoryAuthorities authorities = new FactoryAuthorities(authoritiesFile);
    StrangerDesk strangers =
        new StrangerDesk(
            desks.domain(),
            desks.neighbours(),
            windows,
            desks.codes(),
            () -> EnrolmentDesk.freshId(random),
            clock);
    PolicyDesk desk =
        new PolicyDesk(
            new FactoryCertificates(authorities, clock),
            windows,
            watch,
            desks.codes(),
            desks.logins(),
            desks.lines(),
            desks.file(),
            strangers,
            desks.enrolments(),
            clock);
    return new Policies(settings, authorities, windows, watch, desk);
  }
}
