package org.latchkey.admission;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The quarantine as administrators and the key generating agent use it. Every change is on disk and
 * in the audit log when the method returns.
 *
 * <p>Methods may block for the store and throw {@link org.latchkey.key.StoreUnavailableException}
 * when it is away.
 */
@ProviderType
public interface Quarantine {

  /** Holds a key: its phone reaches only the permitted destinations. Harmless when repeated. */
  void hold(String keyIdentifier, String reason, String actor);

  /**
   * Lets a key wait for approval, which holds it. Harmless when repeated while it waits; after it
   * was approved it would wait again, so call it when a key is issued first and never when it is
   * fetched again.
   */
  void awaitApproval(String keyIdentifier, String actor);

  /**
   * Ends a hold.
   *
   * @return false when it was not held
   */
  boolean release(String keyIdentifier, String actor);

  /**
   * Approves a key that waits.
   *
   * @return false when it does not wait
   */
  boolean approve(String keyIdentifier, String actor);

  /**
   * Holds the keys of phones that were left behind on their generation. Only {@link
   * #forgetLeftBehind} ends these holds: a phone leaves them by fetching its next key.
   */
  void leaveBehind(Collection<String> keyIdentifiers, String reason, String actor);

  /** Ends what {@link #leaveBehind} began. */
  void forgetLeftBehind(Collection<String> keyIdentifiers, String actor);

  /** The holds of a key, from memory: none, or one of each kind. */
  List<Hold> holds(String keyIdentifier);

  /** All holds, newest first, from memory. */
  List<Hold> holds();

  /** What everybody reaches. */
  PermittedDestinations permitted();

  /** The help desk's number, if one is configured. */
  Optional<String> helpDesk();
}
