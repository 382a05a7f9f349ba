package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public final class FailedActivationTest {

  private static final String PID = "org.latchkey.keyagent";

  @Test
  public void aBadSettingIsNamedWithItsFile() {
    String trace =
        """
        java.lang.reflect.InvocationTargetException
        \tat java.base/jdk.internal.reflect.Whatever.newInstance0(Native Method)
        Caused by: java.lang.IllegalArgumentException: registrarPort is a number from 1 to 65535
        \tat org.latchkey.keyagent.internal.AgentSettings.port(AgentSettings.java:108)
        \t... 12 more
        """;
    assertEquals(
        Optional.of(
            "etc/org.latchkey.keyagent.cfg has a bad setting: registrarPort is a number from 1 to 65535."
                + " Correct it: it starts by itself then."),
        failed(trace).badSetting());
  }

  @Test
  public void aSettingThatIsNoNumberIsNamed() {
    String trace =
        """
        java.lang.reflect.InvocationTargetException
        \tat java.base/jdk.internal.reflect.Whatever.newInstance0(Native Method)
        Caused by: org.osgi.service.component.ComponentException: java.lang.NumberFormatException: For input string: "many"
        \tat org.apache.felix.scr.impl.inject.internal.Annotations$Handler.invoke(Annotations.java:379)
        """;
    String said = failed(trace).badSetting().orElseThrow();
    assertTrue(said, said.contains("registrarPort is 'many' instead of a number."));
  }

  @Test
  public void anotherFailureIsToldByTheComponent() {
    FailedActivation failed =
        failed("java.lang.IllegalStateException: no disk\n\tat x.Y.z(Y.java:1)\n");
    assertEquals(Optional.empty(), failed.badSetting());
    assertTrue(failed.otherwise(), failed.otherwise().startsWith("Agent could not start: no disk"));
  }

  private static FailedActivation failed(String trace) {
    return new FailedActivation(
        "Agent", PID, Map.of("registrarPort", "many", "realms", "latchkey"), trace);
  }
}
