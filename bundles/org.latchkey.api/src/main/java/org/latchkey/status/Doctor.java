package org.latchkey.status;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Examines the running system the way a phone meets it: fetches a key over HTTPS, registers and
 * calls over SIP with a probe of its own, and takes the probe away again.
 *
 * <p>It never dials an emergency number and never touches an extension in use.
 */
@ProviderType
public interface Doctor {

  /**
   * Examines everything, which takes up to 60 seconds. One examination at a time.
   *
   * @param actor who asked, for the audit log; the probe itself is enrolled by {@code doctor}
   * @param listener told of each step when it has ended, on the caller's thread
   * @return all steps in order
   * @throws org.latchkey.key.RequestRefusedException when an examination is going on already
   */
  List<Step> examine(String actor, Consumer<Step> listener);

  /**
   * One step of an examination.
   *
   * @param name what was tried
   * @param outcome how it went
   * @param took how long it took
   * @param saw what was seen, in one sentence
   * @param next what to do; empty when nothing
   */
  record Step(String name, Outcome outcome, Duration took, String saw, String next) {}

  /** How a step went. */
  enum Outcome {
    /** As it should. */
    PASSED,
    /** Not as it should. */
    FAILED,
    /** Not tried, because an earlier step that it needs has failed. */
    SKIPPED
  }
}
