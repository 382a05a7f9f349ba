package org.latchkey.registrar.internal;

import org.jspecify.annotations.Nullable;

/**
 * Why an export was not taken over.
 *
 * @param words in one sentence, without a full stop
 * @param next what an administrator does
 */
record Refusal(String words, String next) {

  private static final String AGAIN = "Export again with latchkey:registrar-export, and bring it";

  static Refusal fault(Object file, @Nullable String why) {
    return new Refusal(
        "%s can't be taken over: %s".formatted(file, why),
        "Put right what it says; this node tries again by itself");
  }

  static Refusal damaged(Object file, @Nullable String why) {
    return new Refusal("%s is damaged or no export: %s".formatted(file, why), AGAIN);
  }

  static Refusal forAnother(Object file, Object named, Object node) {
    return new Refusal(
        "%s is for the node %s, and this is the node %s".formatted(file, named, node),
        AGAIN + "; this node's key is in latchkey/registrar/node.pub");
  }

  static Refusal unconfirmed(Object file, Object agent) {
    return new Refusal(
        "%s is signed by the agent %s, which nobody has confirmed on this node"
            .formatted(file, agent),
        "Compare %s with what latchkey:registrar-export said at the agent; if it is the same, type latchkey:registrar-trust %1$s"
            .formatted(agent));
  }

  static Refusal anotherAgent(Object file, Object agent, Object trusted) {
    return new Refusal(
        "%s is signed by the agent %s, and this node trusts %s".formatted(file, agent, trusted),
        "If the agent has a new key, compare it there and type latchkey:registrar-trust " + agent);
  }

  static Refusal older(Object file, long number, long last) {
    return new Refusal(
        "%s has the number %d, which is before %d, the last one in force"
            .formatted(file, number, last),
        AGAIN);
  }
}
