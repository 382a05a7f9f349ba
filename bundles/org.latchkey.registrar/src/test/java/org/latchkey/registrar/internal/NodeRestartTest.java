package org.latchkey.registrar.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.key.KeyPurpose;
import org.latchkey.sealing.PublicPart;

/** What a PBX node finds again after its end, wherever that came. */
public class NodeRestartTest {

  @Rule public final NodeRule site = new NodeRule();

  @Test
  public void aRestartNeedsNoAgent() throws Exception {
    site.trusted();
    Files.delete(site.folder.resolve("export.sealed"));
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
    assertTrue(site.keys.subkey(1, KeyPurpose.TAG, "latchkey", "localhost").isPresent());
  }

  @Test
  public void aDamagedOneInForceIsNamedAndTheNextHelps() throws Exception {
    site.trusted();
    Path inForce = site.folder.resolve("in-force.sealed");
    byte[] bytes = Files.readAllBytes(inForce);
    bytes[bytes.length / 2] ^= 1;
    Files.write(inForce, bytes);
    Files.delete(site.folder.resolve("export.sealed"));
    site.start();
    assertTrue(
        site.keys.unavailable().orElse(""),
        site.keys.unavailable().orElse("").contains("in-force"));
    site.bring(site.agent.export(site.self()));
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void cutOffBetweenTrustAndTakingOverItGoesOn() throws Exception {
    site.bring(site.agent.export(site.self()));
    new Trusted(site.agent.key.publicPart(), site.agent.number)
        .write(new NodeFiles(site.folder).trusted());
    site.start();
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void aNewNodeKeyOpensNothingOfTheOldOne() throws Exception {
    site.trusted();
    Files.delete(site.folder.resolve("node.key"));
    site.start();
    assertTrue(site.keys.unavailable().isPresent());
    assertTrue(site.refusal(), site.refusal().contains("is for the node"));
    site.bring(site.agent.export(site.self()));
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void cutOffBetweenAnExportAndItsNumberNoOlderOneIsTakenAfterwards() throws Exception {
    site.trusted();
    byte[] older = site.agent.export(site.self());
    byte[] newer = site.agent.export(site.self());
    byte[] before = Files.readAllBytes(site.folder.resolve("agent"));
    site.bring(newer);
    Files.write(site.folder.resolve("agent"), before);
    site.start();

    site.bring(older);
    assertTrue(site.refusal(), site.refusal().contains("number"));
    assertEquals(site.agent.number, site.node.standing().contents().orElseThrow().number());
  }

  @Test
  public void aKeyThatIsTakenAwayWhileTheNodeRunsIsMadeAnewAndShown() throws Exception {
    site.trusted();
    PublicPart before = site.self();
    Files.delete(site.folder.resolve("node.key"));
    site.bring(site.agent.export(before));
    assertTrue(site.refusal(), site.refusal().contains("made anew"));
    site.look();
    assertNotEquals("status shows the one that opens exports", before, site.self());

    site.bring(site.agent.export(site.self()));
    assertEquals("", site.refusal());
    assertTrue(site.keys.unavailable().isEmpty());
  }
}
