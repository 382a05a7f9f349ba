package org.latchkey.admission;

import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store of holds, behind the quarantine. Each change is on disk when the method returns. All
 * methods block, and throw {@link org.latchkey.key.StoreUnavailableException}.
 */
@ProviderType
public interface HoldRecords {

  /** All holds. */
  List<Hold> holds();

  /**
   * Whether the hold of a key that was issued this moment is among them. Where not, as on a node
   * that lives from an export, each phone that nobody gave an extension is in quarantine ({@link
   * org.latchkey.key.Aor#isUnassigned}). Does not block.
   */
  boolean knowsNewKeys();

  /** Adds or replaces the hold of this key and kind. */
  void add(Hold hold);

  /** Adds or replaces holds, all or none. */
  void addAll(List<Hold> holds);

  /** Removes the holds of these keys and of this kind, all or none. */
  void removeAll(Collection<String> keyIdentifiers, Hold.Kind kind);

  /** Removes the hold of this key and kind, if there is one. */
  void remove(String keyIdentifier, Hold.Kind kind);
}
