package org.latchkey.keyagent.internal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.latchkey.files.OwnerFile;

/**
 * What the agent's services have in common while one configuration holds.
 *
 * @param enrolments one decision at a time for each enrolment
 * @param turn one change of generations at a time
 */
record Parts(
    AgentSettings settings,
    Neighbours neighbours,
    KeyPlace place,
    GenerationChecks checks,
    Custody custody,
    Revocations revocations,
    CheckSyncs checkSyncs,
    FirstRegistrations registrations,
    Changes changes,
    Moves moves,
    Succession succession,
    Codes codes,
    CodeDesk codeDesk,
    LoginDesk loginDesk,
    Policies policies,
    DeviceLines lines,
    DeviceFile file,
    Knocks knocks,
    SourceRates rates,
    Stripes enrolments,
    Turn turn,
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
      PolicySettings policySettings,
      Path folder,
      Neighbours neighbours,
      Clock clock,
      Pace pace,
      SecureRandom random) {
    Revocations revocations = new Revocations(new RevocationFile(folder), clock);
    KeyPlace place = place(settings, folder, neighbours, pace, random);
    GenerationChecks checks =
        new GenerationChecks(
            settings.enterprise(),
            new Evidence(neighbours),
            clock,
            new Restored(folder, new Evidence(neighbours), clock));
    Inspection inspection = new Inspection(settings, place, revocations, neighbours, checks);
    Custody custody = new Custody(inspection, pace::nanoTime, random.nextLong());
    FirstRegistrations registrations = new FirstRegistrations(neighbours);
    Codes codes = new Codes(custody, random);
    Stripes enrolments = new Stripes();
    Changes changes = new Changes(custody, revocations, neighbours, clock);
    KeyMaker maker =
        new KeyMaker(settings, custody, revocations, neighbours, clock, random, pace::nanoTime);
    CodeDesk codeDesk =
        new CodeDesk(settings, codes, maker, revocations, registrations, enrolments, clock);
    Succession succession = new Succession(neighbours, changes, enrolments, clock);
    LoginDesk loginDesk =
        new LoginDesk(settings, custody, maker, revocations, enrolments, succession, clock);
    DeviceLines lines = new DeviceLines(revocations, registrations, neighbours, clock);
    DeviceFile file = new DeviceFile(loginDesk, lines, registrations, neighbours, clock);
    return new Parts(
        settings,
        neighbours,
        place,
        checks,
        custody,
        revocations,
        new CheckSyncs(settings.checkSyncsPerSecond(), custody, neighbours, registrations, clock),
        registrations,
        changes,
        new Moves(
            neighbours,
            changes,
            revocations,
            registrations,
            succession,
            enrolments,
            clock,
            pace::nanoTime),
        succession,
        codes,
        codeDesk,
        loginDesk,
        Policies.of(
            policySettings,
            new OwnerFile(folder, FactoryAuthorities.FILE),
            new DeviceWatch(settings.wrongTriesPerMinute(), neighbours, clock, pace::nanoTime),
            new Windows(policySettings, clock, pace::nanoTime),
            new Policies.Desks(
                settings.domain(), neighbours, codeDesk, loginDesk, lines, file, enrolments),
            clock,
            random),
        lines,
        file,
        new Knocks(),
        new SourceRates(settings.wrongTriesPerMinute(), pace::nanoTime),
        enrolments,
        new Turn(),
        clock,
        pace,
        random);
  }

  private static KeyPlace place(
      AgentSettings settings, Path folder, Neighbours neighbours, Pace pace, SecureRandom random) {
    AgentSettings.Keeping keeping = settings.keeping();
    return new KeyPlace(
        new OwnerFile(folder, "custody"),
        new KeystoreFile(folder, keeping.sealed(), random),
        new Pkcs11Token(
            keeping.pkcs11Library(), keeping.pkcs11SlotListIndex(), folder, pace::nanoTime),
        keeping.custody(),
        neighbours);
  }

  /** Ends what holds secrets. */
  void close() {
    custody.close();
    place.close();
  }
}
