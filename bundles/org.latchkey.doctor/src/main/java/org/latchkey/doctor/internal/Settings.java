package org.latchkey.doctor.internal;

import java.time.Duration;

/**
 * What an examination is set up for.
 *
 * @param probe the user part of the probe's AOR
 * @param testDestination the dialled string of the permitted test destination
 * @param caFile the administrator's CA certificates; empty text for none
 * @param patience how long it waits for one answer
 * @param leastFreeMebibytes the free space below which a disk is almost full
 */
record Settings(
    String probe,
    String testDestination,
    String caFile,
    Duration patience,
    int leastFreeMebibytes) {

  private static final int LONGEST_SECONDS = 10;

  /** The settings of a configuration; an answer is waited for at least 1 second, at most 10. */
  static Settings of(DoctorConfiguration configured) {
    int seconds = Math.max(1, Math.min(LONGEST_SECONDS, configured.answerSeconds()));
    return new Settings(
        configured.probe().strip(),
        configured.testDestination().strip(),
        configured.caFile().strip(),
        Duration.ofSeconds(seconds),
        configured.leastFreeMebibytes());
  }
}
