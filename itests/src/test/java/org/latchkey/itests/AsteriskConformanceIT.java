package org.latchkey.itests;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;
import org.latchkey.itests.conformance.Kit;
import org.latchkey.itests.fixture.Asterisk;
import org.latchkey.itests.fixture.AsteriskSite;
import org.latchkey.itests.fixture.LatchkeyNode;

/** Debian's Asterisk 22 and 16 pass the conformance kit, but for what their tables say. */
@RunWith(Parameterized.class)
public final class AsteriskConformanceIT {

  @Parameter public String version;

  @Parameters(name = "Asterisk {0}")
  public static List<String> versions() {
    return List.of("22", "16");
  }

  @Test
  public void asteriskPassesAllThatItCan() throws Exception {
    AsteriskSite site = AsteriskSite.shared();
    LatchkeyNode node = site.node();
    long process = node.process().pid();
    List<String> words = new ArrayList<>(List.of("127.0.0.1:" + site.port()));
    words.addAll(List.of("--instance", node.home().toString()));
    words.addAll(List.of("--console", "127.0.0.1:" + node.port("ssh")));
    words.addAll(List.of("--door", "localhost:" + node.port("https")));
    words.addAll(List.of("--answer-at", "" + node.port("test")));
    words.addAll(List.of("--hang", "kill -STOP " + process));
    words.addAll(List.of("--resume", "kill -CONT " + process));
    words.addAll(List.of("--extensions", "9" + version + "1"));
    words.addAll(List.of("--limits", "conformance/pbx/asterisk%s.txt".formatted(version)));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Asterisk asterisk = site.asterisk(version)) {
      int exit = Kit.run(words, new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.out.println(printed.toString(StandardCharsets.UTF_8));
      assertEquals(printed.toString(StandardCharsets.UTF_8) + asterisk.log(), 0, exit);
    }
  }
}
