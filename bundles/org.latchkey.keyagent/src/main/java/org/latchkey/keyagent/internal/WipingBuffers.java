package org.latchkey.keyagent.internal;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.util.Arrays;

/**
 * Gives each parser and generator buffers of its own, and wipes them: codes and secrets pass
 * through.
 */
final class WipingBuffers implements RecyclerPool<BufferRecycler> {

  private static final long serialVersionUID = 1L;

  @Override
  public BufferRecycler acquirePooled() {
    return new Wiping();
  }

  @Override
  public void releasePooled(BufferRecycler pooled) {}

  private static final class Wiping extends BufferRecycler {
    @Override
    public void releaseByteBuffer(int index, byte[] buffer) {
      Arrays.fill(buffer, (byte) 0);
    }

    @Override
    public void releaseCharBuffer(int index, char[] buffer) {
      Arrays.fill(buffer, '\0');
    }
  }
}
