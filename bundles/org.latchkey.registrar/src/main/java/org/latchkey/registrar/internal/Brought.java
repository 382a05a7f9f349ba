package org.latchkey.registrar.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import org.latchkey.sealing.NodeKey;
import org.latchkey.sealing.PublicPart;
import org.latchkey.sealing.RegistrarExport;
import org.latchkey.sealing.SealedExport;

/**
 * An export as somebody brought it.
 *
 * @param file where it is, in words
 * @param sealed it
 */
record Brought(Object file, SealedExport sealed) {

  /** Why it is not to be taken, as far as its head says, if so. */
  Optional<Refusal> refusal(PublicPart node, Optional<Trusted> trusted) {
    if (!sealed.node().equals(node)) {
      return Optional.of(Refusal.forAnother(file, sealed.node(), node));
    }
    if (trusted.isEmpty()) {
      return Optional.of(Refusal.unconfirmed(file, sealed.agent()));
    }
    PublicPart agent = trusted.get().agent();
    return sealed.agent().equals(agent)
        ? Optional.empty()
        : Optional.of(Refusal.anotherAgent(file, sealed.agent(), agent));
  }

  /**
   * What is in it, the caller's to close.
   *
   * @throws GeneralSecurityException when it is not as its agent sealed it to this node
   */
  RegistrarExport opened(NodeKey key) throws GeneralSecurityException {
    byte[] content = sealed.open(key);
    try {
      return RegistrarExport.read(content);
    } catch (IOException e) {
      throw new GeneralSecurityException(e.getMessage(), e);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
