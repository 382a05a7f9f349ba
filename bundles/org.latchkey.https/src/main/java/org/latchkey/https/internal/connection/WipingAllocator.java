package org.latchkey.https.internal.connection;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Buffers of which nothing is left: each is zeroed when it is given up or grows, and none is shared
 * with other users of Netty. Requests and answers may hold secrets.
 */
final class WipingAllocator extends AbstractByteBufAllocator {

  static final WipingAllocator INSTANCE = new WipingAllocator();

  private WipingAllocator() {
    super(false);
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return new WipedHeapBuffer(this, initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return new WipedDirectBuffer(this, initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  private static final class WipedHeapBuffer extends UnpooledHeapByteBuf {

    WipedHeapBuffer(WipingAllocator allocator, int initialCapacity, int maxCapacity) {
      super(allocator, initialCapacity, maxCapacity);
    }

    @Override
    protected void freeArray(byte[] array) {
      Arrays.fill(array, (byte) 0);
    }
  }

  private static final class WipedDirectBuffer extends UnpooledDirectByteBuf {

    WipedDirectBuffer(WipingAllocator allocator, int initialCapacity, int maxCapacity) {
      super(allocator, initialCapacity, maxCapacity);
    }

    @Override
    protected CleanableDirectBuffer allocateDirectBuffer(int capacity) {
      return new WipedMemory(super.allocateDirectBuffer(capacity));
    }
  }

  private record WipedMemory(CleanableDirectBuffer memory) implements CleanableDirectBuffer {

    private static final byte[] ZEROS = new byte[8192];

    @Override
    public ByteBuffer buffer() {
      return memory.buffer();
    }

    @Override
    public void clean() {
      ByteBuffer all = memory.buffer().duplicate().clear();
      while (all.hasRemaining()) {
        all.put(ZEROS, 0, Math.min(ZEROS.length, all.remaining()));
      }
      memory.clean();
    }

    @Override
    public boolean hasMemoryAddress() {
      return memory.hasMemoryAddress();
    }

    @Override
    public long memoryAddress() {
      return memory.memoryAddress();
    }
  }
}
