package org.latchkey.audit;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A sink that keeps records for good and gives them back. What {@link #write} was given is on disk
 * when it returns; records that are there already, with the same hash, are passed over. Other
 * methods may be called from any thread, while it writes too. An OSGi service by both names: the
 * audit log waits at start for every bundle that announces one.
 */
@ConsumerType
public interface AuditArchive extends AuditSink {

  /**
   * The record at its end; empty when it has none.
   *
   * @throws RuntimeException when it can't be read
   */
  Optional<ChainedRecord> last();

  /**
   * Looks up records by number.
   *
   * @param first the number of the first one wanted
   * @param most how many at most
   * @return those from {@code first} on; empty when there is none
   * @throws RuntimeException when they can't be read
   */
  List<ChainedRecord> read(long first, int most);

  /**
   * Shows all records in the order in which they are kept.
   *
   * @throws RuntimeException when it can't be read
   */
  void readAll(Reader reader);

  /**
   * Searches, newest first.
   *
   * @throws RuntimeException when it can't be read
   */
  List<AuditRecord> search(AuditQuery query);

  /** Looks at records one after the other. */
  interface Reader {

    /**
     * Looks at the next record.
     *
     * @return false when no more are wanted
     */
    boolean record(ChainedRecord record);

    /**
     * Hears that something stands here that is no record.
     *
     * @return false when no more are wanted
     */
    boolean unreadable();
  }
}
