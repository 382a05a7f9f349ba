package org.latchkey.itests;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.latchkey.itests.conformance.Kit;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.LatchkeyNode;

/** Debian's Kamailio passes the conformance kit, but for what its table says. */
public final class KamailioConformanceIT {

  @Test
  public void kamailioPassesAllThatItCan() throws Exception {
    KamailioSite site = KamailioSite.shared();
    LatchkeyNode node = site.node();
    long process = node.process().pid();
    List<String> words = new ArrayList<>(List.of("127.0.0.1:" + site.kamailio().port()));
    words.addAll(List.of("--instance", node.home().toString()));
    words.addAll(List.of("--console", "127.0.0.1:" + node.port("ssh")));
    words.addAll(List.of("--door", "localhost:" + node.port("https")));
    words.addAll(List.of("--answer-at", "" + node.port("test")));
    words.addAll(List.of("--hang", "kill -STOP " + process));
    words.addAll(List.of("--resume", "kill -CONT " + process));
    words.addAll(List.of("--limits", "conformance/pbx/kamailio.txt"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit = Kit.run(words, new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.out.println(printed.toString(StandardCharsets.UTF_8));
    assertEquals(printed.toString(StandardCharsets.UTF_8), 0, exit);
  }
}
