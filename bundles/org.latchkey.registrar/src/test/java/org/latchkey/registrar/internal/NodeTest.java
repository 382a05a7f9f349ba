package org.latchkey.registrar.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.Hold;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.sealing.NodeKey;
import org.latchkey.sealing.PublicPart;

/** A running node: it looks by itself, and its PBX follows what it finds. */
public class NodeTest {

  private static final long SECONDS = 20;

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final TestAgent agent = new TestAgent();
  private final FakePbx pbx = new FakePbx("latchkey");
  private final Log log = new Log();
  private Path folder;
  private PublicPart self;
  private Node node;

  @Before
  public void itStarts() throws Exception {
    folder = temporary.getRoot().toPath().toRealPath().resolve("registrar");
    NodeCustody custody = new NodeCustody(new NodeFiles(folder), new SecureRandom());
    custody.look();
    self = NodeKey.of(Files.readAllBytes(folder.resolve("node.key"))).publicPart();
    node = new Node(custody);
    node.bindPbx(pbx);
    node.bindAudit(log);
    TestAgent.bring(agent.export(self), folder);
  }

  @After
  public void itEnds() {
    node.close();
  }

  private void trust() {
    new TrustDesk(node).trust(agent.key.publicPart().fingerprint(), "anna");
  }

  @Test
  public void trustIsInTheAuditLog() {
    trust();
    AuditEntry entry = log.entries.get(0);
    assertEquals("anna", entry.actor());
    assertEquals("registrar.agent-trusted", entry.action());
    assertTrue(entry.detail().contains(agent.key.publicPart().fingerprint()));
  }

  @Test
  public void withoutAnAuditLogNobodyIsTrusted() {
    node.unbindAudit(log);
    assertThrows(RequestRefusedException.class, this::trust);
    assertTrue(node.custody().standing().unavailable().isPresent());
  }

  @Test
  public void whatANewExportEndsIsNoLongerRegistered() throws Exception {
    String stays = agent.issue(1);
    String revoked = agent.issue(1);
    String retired = agent.issue(2);
    String forged = agent.issue(3);
    agent.generations.addAll(List.of(2, 3));
    TestAgent.bring(agent.export(self), folder);
    trust();
    pbx.registered.addAll(List.of(stays, revoked, retired, forged, ""));
    agent.revoked.add(revoked);
    agent.generations.remove(2);
    agent.compromised.add(3);
    TestAgent.bring(agent.export(self), folder);
    for (String ended : List.of(revoked, retired, forged)) {
      assertEquals(ended, pbx.dropped.poll(SECONDS, TimeUnit.SECONDS));
    }
    assertEquals(List.of(stays, ""), pbx.registered);
  }

  @Test
  public void holdsAreReadFromTheExportAndChangedAtTheAgent() {
    ExportedHolds holds = new ExportedHolds(node.custody());
    assertThrows("doubt is no empty list", StoreUnavailableException.class, holds::holds);
    trust();
    assertEquals(List.of(), holds.holds());
    assertFalse("what was issued since is not in it", holds.knowsNewKeys());
    Hold hold = new Hold(agent.issue(1), Hold.Kind.HELD, "noise", "anna", TestAgent.NOON);
    List<Hold> one = List.of(hold);
    List<String> key = List.of(hold.keyIdentifier());
    assertThrows(StoreUnavailableException.class, () -> holds.add(hold));
    assertThrows(StoreUnavailableException.class, () -> holds.addAll(one));
    assertThrows(StoreUnavailableException.class, () -> holds.remove(key.get(0), hold.kind()));
    assertThrows(StoreUnavailableException.class, () -> holds.removeAll(key, hold.kind()));
  }

  private static final class Log implements AuditLog {
    final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public void append(AuditEntry entry) {
      entries.add(entry);
    }

    @Override
    public void appendAll(List<AuditEntry> more) {
      entries.addAll(more);
    }

    @Override
    public List<AuditRecord> search(AuditQuery query) {
      throw new UnsupportedOperationException("nobody asks");
    }
  }
}
