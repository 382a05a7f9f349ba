package org.latchkey.keyagent.internal;

import org.latchkey.custody.MasterKey;
import org.latchkey.keyscheme.Prf;

/**
 * A master key in memory.
 *
 * @param prf owned by this
 */
record KeyInMemory(Prf prf) implements MasterKey {
  @Override
  public byte[] mac(byte[] message) {
    return prf.mac(message);
  }

  @Override
  public void close() {
    prf.close();
  }
}
