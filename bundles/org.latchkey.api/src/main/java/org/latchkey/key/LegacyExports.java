package org.latchkey.key;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way out: what a PBX needs in a table of its own to go on without Latchkey, while every phone
 * keeps the name and secret key that it has. Thread-safe.
 */
@ProviderType
public interface LegacyExports {

  /**
   * Writes the secret of each phone that registers at present into a new file that only its owner
   * can read, and which has its name once it is whole. Keys that were revoked, are held, wait for
   * approval, or of which the phone has registered with a later one are not in it. The evidence is
   * written first.
   *
   * @param file where; there must be nothing of this name
   * @param format for whom
   * @param actor who asked
   * @throws RequestRefusedException with a sentence that says what to do next; there is no file
   *     then
   * @throws StoreUnavailableException when nobody can say what was issued; nor is there one then
   */
  Exported export(Path file, Format format, String actor);

  /**
   * What was written.
   *
   * @param keys of how many keys
   * @param extensions for how many extensions
   * @param held how many keys that are not revoked are not in it, because they are held
   * @param withoutRecord the phones that are registered with a key which the store has no record
   *     of, and are not in it: AOR and key identifier of each
   * @param silent the PBXs that did not say who is registered there
   */
  record Exported(
      int keys, int extensions, int held, List<String> withoutRecord, List<String> silent) {
    /** Copies the lists. */
    public Exported {
      withoutRecord = List.copyOf(withoutRecord);
      silent = List.copyOf(silent);
    }
  }

  /** What a file is for. */
  enum Format {
    /** A line for each key, with its secret and both HA1. */
    CSV("csv"),
    /** Sections of Asterisk's {@code pjsip.conf}. */
    ASTERISK("asterisk"),
    /** SQL for Kamailio's tables, HA1 with MD5. */
    KAMAILIO("kamailio"),
    /** SQL for Kamailio's tables, HA1 with SHA-256. */
    KAMAILIO_SHA_256("kamailio-sha256"),
    /** Users of FreeSWITCH's directory. */
    FREESWITCH("freeswitch");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    /** What an administrator types. */
    public String word() {
      return word;
    }

    /** The format of a word; empty for any other. */
    public static Optional<Format> of(String word) {
      return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
  }
}
