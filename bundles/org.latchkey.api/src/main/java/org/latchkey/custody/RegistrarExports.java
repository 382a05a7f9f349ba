package org.latchkey.custody;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the key generating agent exports to PBX nodes that have no agent. An export has what is
 * needed to check registrations and to decide on calls: for each realm and domain that is served
 * the subkeys for tags and secret keys of the generations that verify, revocations and holds. It
 * never has a master key, nor a subkey of any other purpose. Thread-safe.
 */
@ProviderType
public interface RegistrarExports {

  /**
   * Seals an export to a node, signs it, and writes it into a new file that only its owner can
   * read. The evidence is written first.
   *
   * @param nodeKey the public key of the node, as its status shows it
   * @param file where; there must be none of this name
   * @param actor who asked
   * @throws org.latchkey.key.RequestRefusedException with a sentence that says what to do next;
   *     there is no file then
   * @throws org.latchkey.key.StoreUnavailableException when nobody can say what is held
   */
  Exported export(String nodeKey, Path file, String actor);

  /**
   * What was exported.
   *
   * @param number greater than that of any export before
   * @param node the node's fingerprint
   * @param agent the fingerprint of this agent, which the node's administrator confirms once
   * @param generations the generations of which keys authenticate there
   * @param revocations how many keys are revoked
   * @param holds how many holds there are
   */
  record Exported(
      long number,
      String node,
      String agent,
      List<Integer> generations,
      int revocations,
      int holds) {}
}
