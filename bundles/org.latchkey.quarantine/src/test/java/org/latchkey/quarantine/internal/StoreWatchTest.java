package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class StoreWatchTest {

  @Test
  public void aLookThatFailsIsNotTheLast() throws InterruptedException {
    Semaphore looks = new Semaphore(0);
    try (StoreWatch watch =
        new StoreWatch(
            () -> {
              looks.release();
              throw new NoClassDefFoundError("org/latchkey/store");
            },
            Duration.ofHours(1))) {
      watch.look();
      assertTrue(looks.tryAcquire(10, TimeUnit.SECONDS));
      watch.look();
      assertTrue("ended", looks.tryAcquire(10, TimeUnit.SECONDS));
    }
  }
}
