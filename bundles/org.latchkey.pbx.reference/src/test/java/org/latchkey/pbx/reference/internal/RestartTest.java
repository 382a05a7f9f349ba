package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.Test;

public class RestartTest {

  @Test
  public void startingAndStoppingInOneBreathLeavesNoExceptionInTheLog() {
    List<String> thrown = new CopyOnWriteArrayList<>();
    Handler watch =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            if (entry.getThrown() != null) {
              thrown.add(entry.getMessage() + entry.getThrown());
            }
          }

          @Override
          public void flush() {
            // Nothing is kept back.
          }

          @Override
          public void close() {
            // Nothing is held.
          }
        };
    Logger.getLogger("").addHandler(watch);
    try {
      for (int i = 0; i < 10; i++) {
        PbxRig rig = new PbxRig();
        rig.pbx.apply(rig.pbx.settings()).cancel(false);
        rig.close();
      }
    } finally {
      Logger.getLogger("").removeHandler(watch);
    }
    assertEquals(List.of(), thrown);
  }
}
