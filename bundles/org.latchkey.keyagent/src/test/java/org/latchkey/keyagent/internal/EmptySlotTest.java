package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Secret;

/** A slot that stays empty is looked at for as long as it takes, by other processes. */
public class EmptySlotTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final AtomicLong nanoTime = new AtomicLong();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  public void lookingAgainAndAgainLeavesNothingOfTheJdkBehind() throws Exception {
    Path library = temporary.newFile("nothing.so").toPath();
    try (Pkcs11Token token =
        new Pkcs11Token(
            library.toString(), 0, temporary.newFolder().toPath(), nanoTime::get, this::empty)) {
      assertThrows(IOException.class, () -> token.unseal(pin()));
      Files.writeString(temporary.getRoot().toPath().resolve("nothing.so"), "no library");
      for (int i = 0; i < 3; i++) {
        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
        IOException e = assertThrows(IOException.class, () -> token.unseal(pin()));
        assertTrue(e.getMessage(), e.getMessage().contains("no token in the slot"));
      }
    }
    assertEquals("each look makes a provider, and the JDK a thread for it", 1, looks.get());
  }

  private OpenToken empty(String name, String library, int slotListIndex, byte[] pin)
      throws IOException {
    looks.incrementAndGet();
    throw new IOException("no token in the slot");
  }

  private static Secret pin() {
    return Secret.copyOf("1234".getBytes(StandardCharsets.US_ASCII));
  }
}
