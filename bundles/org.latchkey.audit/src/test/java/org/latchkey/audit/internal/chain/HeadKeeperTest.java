package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The files in which a process leaves word of how the chain ended. */
public class HeadKeeperTest {

  private static final String LAST = "latchkey-audit-head-last";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aStopThatComesThroughInTimeIsWrittenDown() throws Exception {
    HeadKeeper keeper = keeper(3);
    keeper.close(ChainWriter.Ending.IN_ORDER);
    assertEquals(Files.readString(path("head")), Files.readString(path("stopped")));
    CompletableFuture<Left> answer = new CompletableFuture<>();
    keeper(3).read(answer);
    Left left = answer.get(20, TimeUnit.SECONDS);
    assertTrue(left.inOrder());
    assertEquals(3, left.covered());
    assertFalse(Files.exists(path("stopped")));
  }

  /** As on a disk that hangs: the next process may have begun to write by then. */
  @Test(timeout = 60_000)
  public void oneThatWasGivenUpWritesNothingAnyMore() throws Exception {
    HeadKeeper keeper = keeper(3);
    Thread late;
    synchronized (keeper) {
      keeper.close(ChainWriter.Ending.IN_ORDER);
      late =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals(LAST))
              .findFirst()
              .orElseThrow();
    }
    late.join();
    assertFalse(Files.exists(path("stopped")));
    assertFalse(Files.exists(path("head")));
  }

  private HeadKeeper keeper(int records) {
    Confirmed confirmed = new Confirmed();
    confirmed.set(Link.of(Evidence.chain(records).get(records - 1)));
    return new HeadKeeper(
        folder.getRoot().toPath(),
        confirmed,
        number -> Optional.empty(),
        3_600,
        Clock.fixed(Evidence.NOON, ZoneOffset.UTC));
  }

  private Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }
}
