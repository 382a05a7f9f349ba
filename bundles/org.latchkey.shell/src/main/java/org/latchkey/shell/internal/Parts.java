package org.latchkey.shell.internal;

import java.util.List;
import java.util.Optional;
import org.latchkey.key.RequestRefusedException;

/** The services of other bundles as they are at this moment; any of them may be away. */
public interface Parts {

  /** All services of a type. */
  <T> List<T> all(Class<T> type);

  /** Why a part is not running, as the end of a sentence that begins with it. */
  String absence(Part part);

  /** How the bundle of a part is. */
  BundleState state(Part part);

  /** Who may type commands on this node. */
  ConsoleAccess consoleAccess();

  /** The service of a type, if somebody offers it. */
  default <T> Optional<T> find(Class<T> type) {
    return all(type).stream().findFirst();
  }

  /**
   * The service of a type.
   *
   * @throws RequestRefusedException naming the part that does not run, and what to do
   */
  default <T> T require(Class<T> type) {
    return find(type).orElseThrow(() -> new RequestRefusedException(absent(type)));
  }

  /** A sentence that says which part is missing and what to do. */
  default String absent(Class<?> type) {
    Part part = Part.offering(type);
    return "The " + part.words() + " is not running: " + absence(part);
  }

  /** How a bundle is. */
  enum BundleState {
    /** Nobody installed it. */
    NOT_INSTALLED,
    /** Somebody stopped it, or it can't be resolved. */
    STOPPED,
    /** It runs. */
    RUNNING
  }
}
