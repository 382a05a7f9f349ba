package org.latchkey.keyagent.internal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What the agent's services have in common while one configuration holds.
 *
 * @param enrolments one decision at a time for each enrolment
 */
record Parts(
    AgentSettings settings,
    Neighbours neighbours,
    Custody custody,
    Revocations revocations,
    FirstRegistrations registrations,
    Codes codes,
    CodeDesk codeDesk,
    LoginDesk loginDesk,
    Knocks knocks,
    SourceRates rates,
    Stripes enrolments,
    Clock clock,
    Pace pace,
    SecureRandom random) {

  /**
   * Puts them together; nothing is read or made yet.
   *
   * @param folder where all that lasts is kept
   */
  static Parts of(
      AgentSettings settings,
      Path folder,
      Neighbours neighbours,
      Clock clock,
      Pace pace,
      SecureRandom random) {
    String enterprise = settings.enterprise();
    Revocations revocations = new Revocations(new RevocationFile(folder, enterprise), clock);
    Generations generations = new Generations(enterprise, new Evidence(neighbours), clock, random);
    Inspection inspection =
        new Inspection(new MasterKeyFile(folder), revocations, neighbours, generations);
    Custody custody = new Custody(enterprise, inspection, pace::nanoTime, random.nextLong());
    FirstRegistrations registrations = new FirstRegistrations(neighbours);
    Codes codes = new Codes(custody, random);
    Stripes enrolments = new Stripes();
    KeyMaker maker = new KeyMaker(settings, custody, revocations, neighbours, clock, random);
    return new Parts(
        settings,
        neighbours,
        custody,
        revocations,
        registrations,
        codes,
        new CodeDesk(codes, maker, revocations, registrations, enrolments, clock),
        new LoginDesk(settings, custody, maker, revocations, enrolments, clock),
        new Knocks(),
        new SourceRates(settings.wrongTriesPerMinute(), pace::nanoTime),
        enrolments,
        clock,
        pace,
        random);
  }
}
