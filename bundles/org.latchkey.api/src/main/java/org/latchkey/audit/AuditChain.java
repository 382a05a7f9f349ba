package org.latchkey.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.latchkey.status.StatusLine;
import org.osgi.annotation.versioning.ProviderType;

/** The hash chain of the audit log: its signed head, and whether it is whole. Thread-safe. */
@ProviderType
public interface AuditChain {

  /**
   * What the chain ends with now, signed, with the public key: a few lines of text that somebody
   * outside can check, see {@code docs/audit.md}.
   *
   * @throws AuditUnavailableException when it can't be read or signed
   */
  String signedHead();

  /**
   * Reads all archives from end to end. Takes a second for some 100,000 records.
   *
   * @param head a signed head as it was exported, to compare with
   * @return what was found; the first record that was altered, removed or reordered is named in a
   *     {@link StatusLine.Level#FAULT}
   * @throws IllegalArgumentException when {@code head} is no signed head
   */
  List<StatusLine> verify(Optional<String> head);

  /**
   * Waits for a record.
   *
   * @param number the number that it must exceed
   * @param longest how long
   * @return whether there is one
   */
  boolean awaitAfter(long number, Duration longest) throws InterruptedException;
}
