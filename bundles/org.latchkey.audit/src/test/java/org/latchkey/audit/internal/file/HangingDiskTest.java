package org.latchkey.audit.internal.file;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.ChainedRecord;

/** A disk that does not answer keeps no bundle from being stopped. */
public class HangingDiskTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final CountDownLatch hangs = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);

  @Test(timeout = 60_000)
  public void closingWaitsTwoSecondsForADiskThatHangsAndTheWriterClosesTheFile() throws Exception {
    Path path = folder.getRoot().toPath().resolve("audit").resolve("records");
    List<ChainedRecord> records = FileArchiveTest.chain("one", "two");
    FileArchive file =
        new FileArchive(
            path,
            channel -> {
              hangs.countDown();
              try {
                answers.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException("nobody may interrupt a writer", e);
              }
              channel.force(false);
            });
    FutureTask<Boolean> writing = new FutureTask<>(() -> file.write(records.subList(0, 1)), true);
    new Thread(writing, "writing").start();
    hangs.await();
    long begun = System.nanoTime();
    file.close();
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(taken.toString(), taken.toMillis() >= 1_900);
    assertFalse("it still hangs", writing.isDone());

    answers.countDown();
    assertTrue(writing.get(20, TimeUnit.SECONDS));
    try (FileArchive next = new FileArchive(path)) {
      next.write(records);
      assertEquals(records, next.read(1, 10));
    }
  }
}
