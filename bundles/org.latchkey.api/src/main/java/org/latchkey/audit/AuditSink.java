package org.latchkey.audit;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place that records of the audit log are written to: an OSGi service. One that gives no proof of
 * having kept them, such as a collector on the network, implements this alone; no key is handed out
 * for its word.
 *
 * <p>The audit log calls {@link #write} from one thread at a time. A call that takes longer than 2
 * seconds counts as failed; nothing more is asked until it has returned.
 */
@ConsumerType
public interface AuditSink {

  /** What it is called in sentences, in one word: {@code file}, {@code store}. */
  String name();

  /**
   * Writes records that follow one another.
   *
   * @throws RuntimeException when not all of them were written; some may have been
   */
  void write(List<ChainedRecord> records);
}
