package org.latchkey.pbx;

import java.nio.file.Path;
import java.util.List;
import org.latchkey.key.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes the configuration with which one kind of PBX asks Latchkey. An OSGi service. */
@ConsumerType
public interface PbxConfiguration {

  /** The kind of PBX in one word, such as {@code kamailio}. */
  String pbx();

  /** Where the files are on the PBX's machine unless an administrator says otherwise. */
  Path usualPlace();

  /**
   * Makes the files, with a client certificate of their own, which is in the audit log when this
   * returns.
   *
   * @param place where they will be on the PBX's machine, an absolute path
   * @param actor who asked
   * @throws org.latchkey.key.RequestRefusedException with a sentence that says what to do, when
   *     they can't be made
   */
  Files make(Path place, String actor);

  /**
   * The files.
   *
   * @param files the files, for the caller to close
   * @param notes what the administrator should know, a sentence each
   */
  record Files(List<File> files, List<String> notes) implements AutoCloseable {
    /** Copies the lists. */
    public Files {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }

    @Override
    public void close() {
      files.forEach(file -> file.content().close());
    }
  }

  /**
   * One file.
   *
   * @param name its name, without a directory
   * @param content its bytes; some hold keys, so all are for their owner only
   */
  record File(String name, Secret content) {}
}
