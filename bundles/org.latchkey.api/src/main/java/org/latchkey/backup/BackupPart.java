package org.latchkey.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Generation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that lasts, and how it gets into a backup and back. A bundle offers one as a service
 * for what it keeps below {@code ${karaf.base}/latchkey}.
 *
 * <p>A restore asks each part to put its files, checked, into a folder; nothing is in force then.
 * When all have done so, that folder gets its final name in one step, and the bundles that offer
 * parts are stopped and started: each takes over its files at its start, before it reads any. So a
 * restore that is cut off is found undone or goes on at the next start. Methods block, and may be
 * called from any thread.
 */
@ConsumerType
public interface BackupPart {

  /** Its name, 1 to 16 lower-case letters; unique, and never changed. */
  String name();

  /** What is lost without it, as the end of a sentence. */
  String words();

  /**
   * What is on this node that a restore would replace and somebody might miss, as the end of a
   * sentence; empty on a node that was just installed.
   */
  Optional<String> present();

  /**
   * Keeps what other parts refer to as it is, such as the numbers of generations. Asked of all
   * parts before any is written; may block until a change has ended.
   *
   * @return ends it when closed, by any thread
   */
  default Stillness still() {
    return () -> {};
  }

  /** Ends when closed. */
  interface Stillness extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Writes all of it as it is at one moment, while everything goes on.
   *
   * @param out encrypted on its way; not to be closed
   * @return a sentence for each thing that could not be taken along, with what to do about it
   * @throws IOException when that failed
   * @throws org.latchkey.key.RequestRefusedException when it can't be done at present
   */
  List<String> write(OutputStream out) throws IOException;

  /**
   * Checks what {@link #write} wrote, and puts its files into a folder.
   *
   * @param in what was written, and nobody has altered
   * @param folder empty, for the owner's eyes only
   * @return a sentence for each thing that an administrator should know
   * @throws IOException when that failed
   * @throws org.latchkey.key.RequestRefusedException when it does not belong on this node
   */
  List<String> stage(InputStream in, Path folder, Restoration about) throws IOException;

  /**
   * The generations of master keys that what was put into a folder has records of.
   *
   * @throws IOException when it can't be read
   */
  default List<Generation> generations(Path folder) throws IOException {
    return List.of();
  }

  /**
   * Compares what was put into a folder with the generations that other parts have records of, when
   * all have put theirs.
   *
   * @return and throws as {@link #stage}
   */
  default List<String> compare(Path folder, List<Generation> generations) throws IOException {
    return List.of();
  }

  /**
   * Prepares this node for a restore of other parts, when the backup does not have this one.
   *
   * @return and throws as {@link #stage}
   */
  List<String> stageWithout(Path folder, Restoration about) throws IOException;
}
