package org.latchkey.registrar.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusLine.Level;

/** An administrator reads what to do next. */
public class RegistrarStatusTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final TestAgent agent = new TestAgent();
  private final FakePbx pbx = new FakePbx("latchkey");
  private Path folder;
  private NodeCustody node;

  @Before
  public void aNodeStarts() throws Exception {
    folder = temporary.getRoot().toPath().toRealPath().resolve("registrar");
    node = new NodeCustody(new NodeFiles(folder), new SecureRandom());
    node.look();
  }

  @After
  public void itEnds() {
    node.close();
  }

  private List<StatusLine> status(Duration age) {
    Clock clock = Clock.fixed(TestAgent.NOON.plus(age), ZoneOffset.UTC);
    return new RegistrarStatus(node, List.of(pbx), 7, clock).status();
  }

  private void bring() throws Exception {
    TestAgent.bring(agent.export(node.standing().node().orElseThrow()), folder);
    node.look();
    node.look();
  }

  @Test
  public void withoutAnExportItSaysWhatToTypeAtTheAgent() {
    StatusLine line = status(Duration.ZERO).get(0);
    assertEquals(Level.FAULT, line.level());
    String key = node.standing().node().orElseThrow().text();
    assertTrue(line.next(), line.next().contains("latchkey:registrar-export " + key));
    assertTrue(line.next(), line.next().contains("latchkey/registrar/export.sealed"));
  }

  @Test
  public void anUnconfirmedAgentIsNamedWithWhatToType() throws Exception {
    bring();
    String fingerprint = agent.key.publicPart().fingerprint();
    assertTrue(
        status(Duration.ZERO).stream()
            .anyMatch(
                line ->
                    line.level() == Level.FAULT
                        && line.next().contains("latchkey:registrar-trust " + fingerprint)));
  }

  @Test
  public void theOneInForceIsNamedWithItsAge() throws Exception {
    bring();
    node.trust(agent.key.publicPart().fingerprint(), who -> {});
    List<StatusLine> lines = status(Duration.ofHours(30));
    assertEquals(lines.toString(), 1, lines.size());
    assertEquals(Level.OK, lines.get(0).level());
    assertTrue(lines.get(0).words(), lines.get(0).words().contains("30 hours old"));
    lines = status(Duration.ofDays(8));
    assertEquals(Level.WARNING, lines.get(0).level());
    assertTrue(lines.get(0).words(), lines.get(0).words().contains("8 days old"));
  }

  @Test
  public void aRefusedOneIsAWarningWhileAnotherIsInForce() throws Exception {
    bring();
    node.trust(agent.key.publicPart().fingerprint(), who -> {});
    TestAgent.bring(new byte[100], folder);
    node.look();
    node.look();
    StatusLine first = status(Duration.ZERO).get(0);
    assertEquals(Level.WARNING, first.level());
    assertTrue(first.words(), first.words().contains("is damaged or no export"));
  }

  @Test
  public void aPbxWithAnotherRealmIsNamed() throws Exception {
    bring();
    node.trust(agent.key.publicPart().fingerprint(), who -> {});
    Clock clock = Clock.fixed(TestAgent.NOON, ZoneOffset.UTC);
    RegistrarStatus status = new RegistrarStatus(node, List.of(new FakePbx("asterisk")), 7, clock);
    assertTrue(status.status().get(0).words().contains("'asterisk'"));
  }

  @Test
  public void aSettingOutOfRangeIsRefused() {
    for (int days : new int[] {0, -1, 3651}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new RegistrarStatus(node, List.of(), days, Clock.systemUTC()));
    }
  }
}
