package org.latchkey.registrar.internal;

import java.util.Optional;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.PublicPart;

/**
 * How this node stands at one moment. Immutable.
 *
 * @param node its public key, once it has one
 * @param agent the agent that it trusts
 * @param contents what the export in force says
 * @param fault why none is in force, if so
 * @param refusal what became of an export that was brought and not taken
 */
record Standing(
    Optional<PublicPart> node,
    Optional<PublicPart> agent,
    Optional<Contents> contents,
    Optional<String> fault,
    Optional<Refusal> refusal) {

  static final String NO_EXPORT = "this node has no export of a key agent yet";

  static Standing down(String fault) {
    return new Standing(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(fault), Optional.empty());
  }

  /** Why nothing can be checked, if so. */
  Optional<String> unavailable() {
    return contents.isPresent() ? Optional.empty() : Optional.of(fault.orElse(NO_EXPORT));
  }
}
