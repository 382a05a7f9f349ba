package org.latchkey.store.internal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.h2.api.ErrorCode;
import org.latchkey.status.StatusLine;

/**
 * Why the database is away, for an administrator.
 *
 * @param sentence what is so
 * @param next what to do
 */
record Fault(String sentence, String next) {

  /**
   * SQLSTATE classes of a refused statement in a healthy database: bad data, a broken constraint, a
   * rolled back transaction, a lock not got in time. After anything else it is opened anew.
   */
  private static final Set<String> HARMLESS = Set.of("22", "23", "40", "HY");

  private static final String DUPLICATE = "23505";

  /** Whether a unique constraint was broken. */
  static boolean isDuplicate(SQLException e) {
    return DUPLICATE.equals(e.getSQLState());
  }

  /** Whether the database must be opened anew before it can be used again. */
  static boolean isLoss(Throwable failure) {
    if (!(failure instanceof SQLException e)) {
      return true;
    }
    String state = e.getSQLState();
    boolean harmless =
        state != null && state.length() > 1 && HARMLESS.contains(state.substring(0, 2));
    return !harmless || e.getErrorCode() == ErrorCode.GENERAL_ERROR_1;
  }

  /** What a failure means. */
  static Fault of(Throwable failure, H2File database) {
    List<Throwable> chain = chain(failure);
    for (Throwable t : chain) {
      if (t instanceof NewerSchemaException newer) {
        return newer(newer, database);
      }
      if (t instanceof MistakenSettingException mistake) {
        return new Fault(message(mistake), "Correct it in etc/org.latchkey.store.cfg.");
      }
      if (t instanceof VanishedException) {
        return vanished(database);
      }
    }
    if (said(chain, "no space left", "quota exceeded", "not enough space")) {
      return new Fault(
          "the disk of " + database.directory() + " is full",
          "Free some space there; the store comes back by itself.");
    }
    if (code(chain, ErrorCode.DATABASE_ALREADY_OPEN_1)) {
      return new Fault(
          "another process has " + database.file() + " open",
          "End that process (fuser names it), or give this one another url in"
              + " etc/org.latchkey.store.cfg; the store comes back by itself.");
    }
    if (any(chain, Fault::isForbidden) || said(chain, "read-only", "permission denied")) {
      return forbidden(database);
    }
    if (code(chain, ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1)) {
      return new Fault(
          database.file() + " is damaged, or no database of this version",
          "Keep a copy of it, then put the last backup in its place; the store opens it by itself.");
    }
    return new Fault("the database failed: " + message(failure), otherwise(database));
  }

  StatusLine line() {
    return StatusLine.fault("away: " + sentence, next);
  }

  private static Fault newer(NewerSchemaException newer, H2File database) {
    return new Fault(
        "%s has schema %s of a newer Latchkey, and this build knows no more than %s"
            .formatted(database.file(), newer.found(), newer.known()),
        "Install the newer build again, or put back a backup from before; nothing was changed.");
  }

  private static Fault vanished(H2File database) {
    return new Fault(
        database.file() + " was removed or replaced while it was open",
        "Put it back; the store opens it by itself. To begin with an empty store, restart the bundle"
            + " org.latchkey.store.");
  }

  private static Fault forbidden(H2File database) {
    return new Fault(
        database.directory() + " can't be written",
        "Give the user %s the right to write there; the store comes back by itself."
            .formatted(System.getProperty("user.name")));
  }

  private static String otherwise(H2File database) {
    return "Look at the disk of "
        + database.directory()
        + " and at the log; the store tries again.";
  }

  private static String message(Throwable failure) {
    String text = failure.getMessage();
    return text == null
        ? failure.getClass().getSimpleName()
        : text.strip().lines().findFirst().orElse("");
  }

  private static boolean isForbidden(Throwable t) {
    return t instanceof AccessDeniedException
        || (t instanceof FileSystemException && !(t instanceof NoSuchFileException))
        || code(List.of(t), ErrorCode.DATABASE_IS_READ_ONLY, ErrorCode.FILE_CREATION_FAILED_1);
  }

  private static boolean code(List<Throwable> chain, int... codes) {
    for (Throwable t : chain) {
      for (int code : codes) {
        if (t instanceof SQLException e && e.getErrorCode() == code) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean said(List<Throwable> chain, String... words) {
    return any(
        chain,
        t -> {
          String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
          for (String word : words) {
            if (message.contains(word)) {
              return true;
            }
          }
          return false;
        });
  }

  private static boolean any(List<Throwable> chain, Predicate<Throwable> test) {
    return chain.stream().anyMatch(test);
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    Throwable t = failure;
    while (t != null && chain.size() < 16) {
      chain.add(t);
      t = t.getCause();
    }
    return chain;
  }
}
