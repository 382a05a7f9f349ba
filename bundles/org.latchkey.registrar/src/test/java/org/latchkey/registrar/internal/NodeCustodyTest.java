package org.latchkey.registrar.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.sealing.PublicPart;

/** A PBX node takes over what its agent exports to it, and nothing else. */
public class NodeCustodyTest {

  @Rule public final NodeRule site = new NodeRule();

  @Test
  public void theFirstStartMakesAKeyForTheOwnersEyesOnly() throws Exception {
    byte[] key = Files.readAllBytes(site.folder.resolve("node.key"));
    assertEquals(32, key.length);
    assertTrue(
        Files.readString(site.folder.resolve("node.pub")).startsWith(site.self().text() + "\n"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(site.folder.resolve("node.key"))));
    assertEquals(Optional.of(Standing.NO_EXPORT), site.keys.unavailable());
    PublicPart before = site.self();
    site.start();
    assertEquals("the next start finds the same", before, site.self());
    try (Stream<Path> files = Files.list(site.folder)) {
      assertEquals("no temporary file is left", 2, files.count());
    }
  }

  @Test
  public void nothingIsTakenFromAnAgentThatNobodyConfirmed() throws Exception {
    site.bring(site.agent.export(site.self()));
    assertTrue(site.keys.unavailable().isPresent());
    assertTrue(site.refusal(), site.refusal().contains("nobody has confirmed"));
    assertTrue(site.refusal(), site.refusal().contains(site.agent.key.publicPart().fingerprint()));
    TestAgent stranger = new TestAgent();
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () -> site.node.trust(stranger.key.publicPart().fingerprint(), who -> {}));
    assertTrue(refused.getMessage(), refused.getMessage().contains("Compare it"));
    assertTrue(site.keys.unavailable().isPresent());
    site.node.trust(site.agent.key.publicPart().fingerprint(), who -> {});
    assertTrue(site.keys.unavailable().isEmpty());
    assertEquals("", site.refusal());
  }

  @Test
  public void withoutEvidenceNobodyIsTrusted() throws Exception {
    site.bring(site.agent.export(site.self()));
    assertThrows(
        AuditUnavailableException.class,
        () ->
            site.node.trust(
                site.agent.key.publicPart().fingerprint(),
                who -> {
                  throw new AuditUnavailableException("full", new IllegalStateException("disk"));
                }));
    site.start();
    assertTrue(site.keys.unavailable().isPresent());
    assertFalse(Files.exists(site.folder.resolve("agent")));
  }

  @Test
  public void itLendsTheSubkeysOfTheExportAndNoOthers() throws Exception {
    site.trusted();
    assertArrayEquals(
        TestAgent.subkey(1, KeyPurpose.REGISTRATION, "latchkey", "example.org"),
        site.keys.subkey(1, KeyPurpose.REGISTRATION, "latchkey", "example.org").orElseThrow());
    assertTrue(site.keys.serves("latchkey", "example.org"));
    assertFalse(site.keys.serves("other", "example.org"));
    assertFalse(site.keys.serves("latchkey", "example.com"));
    assertEquals("latchkey", site.keys.defaultRealm());
    for (KeyPurpose purpose : KeyPurpose.values()) {
      boolean there = purpose == KeyPurpose.REGISTRATION || purpose == KeyPurpose.TAG;
      assertEquals(there, site.keys.subkey(1, purpose, "latchkey", "localhost").isPresent());
      assertTrue(site.keys.subkey(2, purpose, "latchkey", "localhost").isEmpty());
    }
  }

  @Test
  public void theNextExportIsTakenOverWithoutARestart() throws Exception {
    site.trusted();
    long before = site.keys.revision();
    String key = site.agent.issue(1);
    assertFalse(site.keys.revoked(key));
    site.agent.revoked.add(key);
    site.agent.generations.add(2);
    site.bring(site.agent.export(site.self()));
    assertTrue(site.keys.revoked(key));
    assertNotEquals(before, site.keys.revision());
    assertTrue(site.keys.subkey(2, KeyPurpose.TAG, "latchkey", "localhost").isPresent());
    site.agent.generations.remove(1);
    site.bring(site.agent.export(site.self()));
    assertTrue(site.keys.subkey(1, KeyPurpose.TAG, "latchkey", "localhost").isEmpty());
  }

  @Test
  public void aFileThatIsStillBeingWrittenIsNotLookedAt() throws Exception {
    site.trusted();
    byte[] export = site.agent.export(site.self());
    TestAgent.bring(Arrays.copyOf(export, 500), site.folder);
    site.node.look();
    TestAgent.bring(export, site.folder);
    site.node.look();
    assertEquals("", site.refusal());
    site.node.look();
    assertEquals("", site.refusal());
    assertEquals(site.agent.number, site.node.standing().contents().orElseThrow().number());
  }

  @Test
  public void anOlderExportDoesNotReplaceANewerOne() throws Exception {
    byte[] old = site.agent.export(site.self());
    String key = site.agent.issue(1);
    site.agent.revoked.add(key);
    site.trusted();
    site.bring(old);
    assertTrue(site.refusal(), site.refusal().contains("which is before"));
    assertTrue(site.keys.revoked(key));
    site.start();
    assertTrue(site.refusal(), site.refusal().contains("which is before"));
    assertTrue(site.keys.revoked(key));
    Files.delete(site.folder.resolve("in-force.sealed"));
    site.start();
    assertTrue("nor when the newer one is lost", site.keys.unavailable().isPresent());
    site.bring(site.agent.export(site.self()));
    assertTrue(site.keys.revoked(key));
  }

  @Test
  public void oneForAnotherNodeIsRefusedByName() throws Exception {
    site.trusted();
    PublicPart other = TestAgent.otherNode();
    site.bring(site.agent.export(other));
    assertTrue(site.refusal(), site.refusal().contains("is for the node " + other.fingerprint()));
    assertTrue(
        site.refusal(), site.refusal().contains("this is the node " + site.self().fingerprint()));
    assertTrue(site.keys.unavailable().isEmpty());
  }

  @Test
  public void oneOfAnotherAgentIsRefusedUntilSomebodyTrustsIt() throws Exception {
    site.trusted();
    TestAgent other = new TestAgent();
    site.bring(other.export(site.self()));
    assertTrue(
        site.refusal(), site.refusal().contains("this node trusts " + site.agent.key.publicPart()));
    assertEquals(site.agent.number, site.node.standing().contents().orElseThrow().number());
    site.node.trust(other.key.publicPart().fingerprint(), who -> {});
    site.start();
    assertEquals(Optional.of(other.key.publicPart()), site.node.standing().agent());
    assertTrue(site.keys.unavailable().isEmpty());
    assertEquals("", site.refusal());
    site.bring(site.agent.export(site.self()));
    assertTrue(
        site.refusal(), site.refusal().contains("this node trusts " + other.key.publicPart()));
  }

  @Test
  public void eachDamageLeavesTheLastGoodOneInForce() throws Exception {
    site.trusted();
    long good = site.agent.number;
    byte[] export = site.agent.export(site.self());
    for (int at = 0; at < export.length; at++) {
      byte[] damaged = export.clone();
      damaged[at] ^= 1;
      site.bring(damaged);
      assertFalse("byte " + at, site.refusal().isEmpty());
      assertEquals(good, site.node.standing().contents().orElseThrow().number());
    }
    site.bring("scp: no such file".getBytes(StandardCharsets.UTF_8));
    assertTrue(site.refusal(), site.refusal().contains("is damaged or no export"));
    site.start();
    assertTrue("after a restart, too", site.keys.unavailable().isEmpty());
    site.bring(export);
    assertEquals("", site.refusal());
    assertEquals(site.agent.number, site.node.standing().contents().orElseThrow().number());
  }

  @Test
  public void oneThatOthersCanReadIsRefusedUntilItIsPutRight() throws Exception {
    site.trusted();
    byte[] export = site.agent.export(site.self());
    Path file = site.folder.resolve("export.sealed");
    TestAgent.bring(export, site.folder);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    site.look();
    assertTrue(site.refusal(), site.refusal().contains("chmod 600"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    site.look();
    assertEquals("", site.refusal());
    assertEquals(site.agent.number, site.node.standing().contents().orElseThrow().number());
    Path elsewhere = Files.move(file, site.folder.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    site.look();
    assertTrue(site.refusal(), site.refusal().contains("symbolic link"));
  }

  @Test
  public void ofACompromisedGenerationOnlyWhatWasIssuedCounts() throws Exception {
    String issued = site.agent.issue(1);
    String forged = site.agent.issue(1);
    String next = site.agent.issue(2);
    site.agent.generations.add(2);
    site.agent.compromised.add(1);
    site.agent.issued.add(issued);
    site.trusted();
    assertFalse(site.keys.revoked(issued));
    assertTrue(site.keys.revoked(forged));
    assertFalse(site.keys.revoked(next));
  }

  @Test
  public void itsSubkeysEndWithIt() throws Exception {
    site.trusted();
    site.node.close();
    assertTrue(site.keys.unavailable().isPresent());
    assertTrue(site.keys.subkey(1, KeyPurpose.TAG, "latchkey", "localhost").isEmpty());
    assertTrue("in doubt", site.keys.revoked(site.agent.issue(1)));
  }
}
