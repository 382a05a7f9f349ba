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
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.sealing.PublicPart;

/** A PBX node takes over what its agent exports to it, and nothing else. */
public class NodeCustodyTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final TestAgent agent = new TestAgent();
  private Path folder;
  private NodeCustody node;
  private ExportedKeys keys;

  @Before
  public void aNodeStarts() throws Exception {
    folder = temporary.getRoot().toPath().toRealPath().resolve("latchkey/registrar");
    start();
  }

  @After
  public void itEnds() {
    node.close();
  }

  private void start() {
    if (node != null) {
      node.close();
    }
    node = new NodeCustody(new NodeFiles(folder), new SecureRandom());
    keys = new ExportedKeys(node);
    look();
  }

  /** A file is judged when it was the same at two looks. */
  private void look() {
    node.look();
    node.look();
  }

  private PublicPart self() {
    return node.standing().node().orElseThrow();
  }

  private void trusted() throws Exception {
    TestAgent.bring(agent.export(self()), folder);
    look();
    node.trust(agent.key.publicPart().fingerprint(), who -> {});
  }

  private void bring(byte[] export) throws Exception {
    TestAgent.bring(export, folder);
    look();
  }

  private String refusal() {
    return node.standing().refusal().map(Refusal::words).orElse("");
  }

  @Test
  public void theFirstStartMakesAKeyForTheOwnersEyesOnly() throws Exception {
    byte[] key = Files.readAllBytes(folder.resolve("node.key"));
    assertEquals(32, key.length);
    assertTrue(Files.readString(folder.resolve("node.pub")).startsWith(self().text() + "\n"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("node.key"))));
    assertEquals(Optional.of(Standing.NO_EXPORT), keys.unavailable());
    PublicPart before = self();
    start();
    assertEquals("the next start finds the same", before, self());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals("no temporary file is left", 2, files.count());
    }
  }

  @Test
  public void nothingIsTakenFromAnAgentThatNobodyConfirmed() throws Exception {
    bring(agent.export(self()));
    assertTrue(keys.unavailable().isPresent());
    assertTrue(refusal(), refusal().contains("nobody has confirmed"));
    assertTrue(refusal(), refusal().contains(agent.key.publicPart().fingerprint()));
    TestAgent stranger = new TestAgent();
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () -> node.trust(stranger.key.publicPart().fingerprint(), who -> {}));
    assertTrue(refused.getMessage(), refused.getMessage().contains("Compare it"));
    assertTrue(keys.unavailable().isPresent());
    node.trust(agent.key.publicPart().fingerprint(), who -> {});
    assertTrue(keys.unavailable().isEmpty());
    assertEquals("", refusal());
  }

  @Test
  public void withoutEvidenceNobodyIsTrusted() throws Exception {
    bring(agent.export(self()));
    assertThrows(
        AuditUnavailableException.class,
        () ->
            node.trust(
                agent.key.publicPart().fingerprint(),
                who -> {
                  throw new AuditUnavailableException("full", new IllegalStateException("disk"));
                }));
    start();
    assertTrue(keys.unavailable().isPresent());
    assertFalse(Files.exists(folder.resolve("agent")));
  }

  @Test
  public void itLendsTheSubkeysOfTheExportAndNoOthers() throws Exception {
    trusted();
    assertArrayEquals(
        TestAgent.subkey(1, KeyPurpose.REGISTRATION, "latchkey", "example.org"),
        keys.subkey(1, KeyPurpose.REGISTRATION, "latchkey", "example.org").orElseThrow());
    assertTrue(keys.serves("latchkey", "example.org"));
    assertFalse(keys.serves("other", "example.org"));
    assertFalse(keys.serves("latchkey", "example.com"));
    assertEquals("latchkey", keys.defaultRealm());
    for (KeyPurpose purpose : KeyPurpose.values()) {
      boolean there = purpose == KeyPurpose.REGISTRATION || purpose == KeyPurpose.TAG;
      assertEquals(there, keys.subkey(1, purpose, "latchkey", "localhost").isPresent());
      assertTrue(keys.subkey(2, purpose, "latchkey", "localhost").isEmpty());
    }
  }

  @Test
  public void theNextExportIsTakenOverWithoutARestart() throws Exception {
    trusted();
    long before = keys.revision();
    String key = agent.issue(1);
    assertFalse(keys.revoked(key));
    agent.revoked.add(key);
    agent.generations.add(2);
    bring(agent.export(self()));
    assertTrue(keys.revoked(key));
    assertNotEquals(before, keys.revision());
    assertTrue(keys.subkey(2, KeyPurpose.TAG, "latchkey", "localhost").isPresent());
    agent.generations.remove(1);
    bring(agent.export(self()));
    assertTrue(keys.subkey(1, KeyPurpose.TAG, "latchkey", "localhost").isEmpty());
  }

  @Test
  public void aFileThatIsStillBeingWrittenIsNotLookedAt() throws Exception {
    trusted();
    byte[] export = agent.export(self());
    TestAgent.bring(Arrays.copyOf(export, 500), folder);
    node.look();
    TestAgent.bring(export, folder);
    node.look();
    assertEquals("", refusal());
    node.look();
    assertEquals("", refusal());
    assertEquals(agent.number, node.standing().contents().orElseThrow().number());
  }

  @Test
  public void anOlderExportDoesNotReplaceANewerOne() throws Exception {
    byte[] old = agent.export(self());
    String key = agent.issue(1);
    agent.revoked.add(key);
    trusted();
    bring(old);
    assertTrue(refusal(), refusal().contains("which is before"));
    assertTrue(keys.revoked(key));
    start();
    assertTrue(refusal(), refusal().contains("which is before"));
    assertTrue(keys.revoked(key));
    Files.delete(folder.resolve("in-force.sealed"));
    start();
    assertTrue("nor when the newer one is lost", keys.unavailable().isPresent());
    bring(agent.export(self()));
    assertTrue(keys.revoked(key));
  }

  @Test
  public void oneForAnotherNodeIsRefusedByName() throws Exception {
    trusted();
    PublicPart other = TestAgent.otherNode();
    bring(agent.export(other));
    assertTrue(refusal(), refusal().contains("is for the node " + other.fingerprint()));
    assertTrue(refusal(), refusal().contains("this is the node " + self().fingerprint()));
    assertTrue(keys.unavailable().isEmpty());
  }

  @Test
  public void oneOfAnotherAgentIsRefusedUntilSomebodyTrustsIt() throws Exception {
    trusted();
    TestAgent other = new TestAgent();
    bring(other.export(self()));
    assertTrue(refusal(), refusal().contains("this node trusts " + agent.key.publicPart()));
    assertEquals(agent.number, node.standing().contents().orElseThrow().number());
    node.trust(other.key.publicPart().fingerprint(), who -> {});
    start();
    assertEquals(Optional.of(other.key.publicPart()), node.standing().agent());
    assertTrue(keys.unavailable().isEmpty());
    assertEquals("", refusal());
    bring(agent.export(self()));
    assertTrue(refusal(), refusal().contains("this node trusts " + other.key.publicPart()));
  }

  @Test
  public void eachDamageLeavesTheLastGoodOneInForce() throws Exception {
    trusted();
    long good = agent.number;
    byte[] export = agent.export(self());
    for (int at = 0; at < export.length; at++) {
      byte[] damaged = export.clone();
      damaged[at] ^= 1;
      bring(damaged);
      assertFalse("byte " + at, refusal().isEmpty());
      assertEquals(good, node.standing().contents().orElseThrow().number());
    }
    bring("scp: no such file".getBytes(StandardCharsets.UTF_8));
    assertTrue(refusal(), refusal().contains("is damaged or no export"));
    start();
    assertTrue("after a restart, too", keys.unavailable().isEmpty());
    bring(export);
    assertEquals("", refusal());
    assertEquals(agent.number, node.standing().contents().orElseThrow().number());
  }

  @Test
  public void oneThatOthersCanReadIsRefusedUntilItIsPutRight() throws Exception {
    trusted();
    byte[] export = agent.export(self());
    Path file = folder.resolve("export.sealed");
    TestAgent.bring(export, folder);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    look();
    assertTrue(refusal(), refusal().contains("chmod 600"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    look();
    assertEquals("", refusal());
    assertEquals(agent.number, node.standing().contents().orElseThrow().number());
    Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);
    look();
    assertTrue(refusal(), refusal().contains("symbolic link"));
  }

  @Test
  public void aRestartNeedsNoAgent() throws Exception {
    trusted();
    Files.delete(folder.resolve("export.sealed"));
    start();
    assertTrue(keys.unavailable().isEmpty());
    assertTrue(keys.subkey(1, KeyPurpose.TAG, "latchkey", "localhost").isPresent());
  }

  @Test
  public void aDamagedOneInForceIsNamedAndTheNextHelps() throws Exception {
    trusted();
    Path inForce = folder.resolve("in-force.sealed");
    byte[] bytes = Files.readAllBytes(inForce);
    bytes[bytes.length / 2] ^= 1;
    Files.write(inForce, bytes);
    Files.delete(folder.resolve("export.sealed"));
    start();
    assertTrue(keys.unavailable().orElse(""), keys.unavailable().orElse("").contains("in-force"));
    bring(agent.export(self()));
    assertTrue(keys.unavailable().isEmpty());
  }

  @Test
  public void cutOffBetweenTrustAndTakingOverItGoesOn() throws Exception {
    bring(agent.export(self()));
    new Trusted(agent.key.publicPart(), agent.number).write(new NodeFiles(folder).trusted());
    start();
    assertTrue(keys.unavailable().isEmpty());
  }

  @Test
  public void aNewNodeKeyOpensNothingOfTheOldOne() throws Exception {
    trusted();
    Files.delete(folder.resolve("node.key"));
    start();
    assertTrue(keys.unavailable().isPresent());
    assertTrue(refusal(), refusal().contains("is for the node"));
    bring(agent.export(self()));
    assertTrue(keys.unavailable().isEmpty());
  }

  @Test
  public void ofACompromisedGenerationOnlyWhatWasIssuedCounts() throws Exception {
    String issued = agent.issue(1);
    String forged = agent.issue(1);
    String next = agent.issue(2);
    agent.generations.add(2);
    agent.compromised.add(1);
    agent.issued.add(issued);
    trusted();
    assertFalse(keys.revoked(issued));
    assertTrue(keys.revoked(forged));
    assertFalse(keys.revoked(next));
  }

  @Test
  public void itsSubkeysEndWithIt() throws Exception {
    trusted();
    node.close();
    assertTrue(keys.unavailable().isPresent());
    assertTrue(keys.subkey(1, KeyPurpose.TAG, "latchkey", "localhost").isEmpty());
    assertTrue("in doubt", keys.revoked(agent.issue(1)));
  }
}
