package org.latchkey.audit.internal.chain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.audit.internal.chain.Evidence.chain;
import static org.latchkey.audit.internal.chain.Evidence.entry;

import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.latchkey.audit.ChainedRecord;

/** Which sinks the chain may be written to. */
public class SinksTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** It is found in the moment after the others were looked at and before the chain goes on. */
  @Test
  public void anArchiveThatIsFoundToGoOnDifferentlyIsNeitherWrittenNorBelieved() {
    List<ChainedRecord> longer = chain(35);
    Recent begun = Recent.after(Link.of(longer.get(29)));
    Sinks sinks = new Sinks(LONG);
    MemoryArchive store = new MemoryArchive("store", longer);
    sinks.add(store, 0, Link.START);
    sinks.catchUp(begun, Left.NOTHING);
    assertTrue(sinks.awaitCaughtUp(deadline()));
    assertEquals(35, sinks.lanes().get(0).position().number());

    Recent gone = begun.with(List.of(begun.end().next(entry("key.other"))));
    Recent next = gone.with(List.of(gone.end().next(entry("key.other"))));
    assertFalse(sinks.write(gone, next, deadline()));
    assertEquals(0, store.calls());
    assertFalse(sinks.anyHas(next));
    assertNotEquals(Lane.State.CURRENT, sinks.lanes().get(0).state());
    sinks.catchUp(next, Left.NOTHING);
    assertFalse(sinks.awaitCaughtUp(deadline()));
    assertEquals(Lane.State.FORKED, sinks.lanes().get(0).state());
    sinks.close();
  }

  private static long deadline() {
    return System.nanoTime() + LONG.toNanos();
  }
}
