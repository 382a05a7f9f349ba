package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.Test;

/** Answers are kept for ten seconds, and no more of them than there is room for. */
public class DuplicatesTest {

  private static final long SECOND = 1_000_000_000L;

  private final InetSocketAddress pbx =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private final Duplicates duplicates = new Duplicates();

  private static byte[] packet(int number) {
    return ByteBuffer.allocate(30).putInt(4, number).array();
  }

  private Duplicates.Exchange question(int number) {
    return new Duplicates.Exchange(pbx, packet(number));
  }

  @Test
  public void anotherPortOrAuthenticatorIsAnotherQuestion() {
    duplicates.keep(question(1), new byte[] {1}, 0);
    InetSocketAddress other = new InetSocketAddress(pbx.getAddress(), 40_001);
    assertTrue(duplicates.find(new Duplicates.Exchange(other, packet(1)), 1).isEmpty());
    assertTrue(duplicates.find(question(2), 1).isEmpty());
    assertTrue(duplicates.find(question(1), 1).isPresent());
  }

  @Test
  public void anAnswerIsForgottenAfterTenSeconds() {
    duplicates.keep(question(1), new byte[] {1}, 0);
    assertTrue(duplicates.find(question(1), 10 * SECOND).isPresent());
    assertTrue(duplicates.find(question(1), 10 * SECOND + 1).isEmpty());
  }

  @Test
  public void theOldestMakeRoom() {
    for (int i = 0; i < 20_000; i++) {
      duplicates.keep(question(i), new byte[] {1}, 0);
    }
    assertTrue(duplicates.find(question(0), 1).isEmpty());
    assertTrue(duplicates.find(question(20_000 - 16_384), 1).isPresent());
    assertTrue(duplicates.find(question(20_000 - 16_385), 1).isEmpty());
  }

  @Test
  public void anAnswerThatIsKeptAgainIsYoungAgain() {
    duplicates.keep(question(1), new byte[] {1}, 0);
    duplicates.keep(question(1), new byte[] {2}, 9 * SECOND);
    assertEquals(2, duplicates.find(question(1), 15 * SECOND).orElseThrow()[0]);
  }
}
