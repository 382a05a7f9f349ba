package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.audit.AuditChain;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeEvidence;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;
import org.latchkey.status.StatusLine;

public final class AuditCommandTest {

  private final FakeEvidence evidence = new FakeEvidence();
  private final Chain chain = new Chain();
  private final FakeParts node = FakeParts.running(evidence.log(), chain);
  private final Paper paper = new Paper();

  @Test
  public void verifyingSaysWhatIsFoundAndFailsWithAFault() {
    chain.found.add(StatusLine.ok("In the file, 7 records follow one another without a gap"));
    AuditCommand verify = new AuditCommand();
    verify.verify = true;
    verify.run(node, paper.pipe());
    assertTrue(paper.text(), paper.text().startsWith("OK      In the file, 7 records"));

    chain.found.add(0, StatusLine.fault("In the store, record 3 was altered", "Keep it."));
    assertThrows(RequestRefusedException.class, () -> verify.run(node, paper.pipe()));
    assertTrue(paper.text(), paper.text().contains("FAULT   In the store, record 3 was altered"));
    assertTrue(paper.text(), paper.text().contains("        Keep it."));
  }

  @Test
  public void verifyingForProgramsIsJson() {
    chain.found.add(StatusLine.ok("fine"));
    AuditCommand verify = new AuditCommand();
    verify.verify = true;
    verify.json = true;
    verify.run(node, paper.pipe());
    assertTrue(paper.text(), paper.text().contains("\"level\" : \"OK\""));
  }

  @Test
  public void followingPrintsTheLastRecordsAndThenEachNewOneUntilItIsInterrupted() {
    evidence.append(entry("key.issued", "1001@a"));
    evidence.append(entry("phone.held", "1002@a"));
    chain.onWait.add(() -> evidence.append(entry("key.revoked", "1001@a")));
    chain.onWait.add(() -> evidence.append(entry("phone.released", "1002@a")));
    chain.onWait.add(() -> evidence.append(entry("key.issued", "1003@a")));
    AuditCommand follow = new AuditCommand();
    follow.follow = true;
    follow.action = "key.";
    follow.run(node, paper.pipe());
    assertTrue("an interrupt is kept", Thread.interrupted());
    List<String> lines = paper.text().lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0), lines.get(0).matches("1  .*  ann  key.issued  1001@a  .*"));
    assertTrue(lines.get(1), lines.get(1).matches("3  .*  ann  key.revoked  1001@a  .*"));
    assertTrue(lines.get(2), lines.get(2).matches("5  .*  ann  key.issued  1003@a  .*"));
  }

  @Test
  public void followingGoesWithNoOtherAction() {
    AuditCommand follow = new AuditCommand();
    follow.follow = true;
    follow.verify = true;
    assertThrows(RequestRefusedException.class, () -> follow.run(node, paper.pipe()));
  }

  private static AuditEntry entry(String action, String aor) {
    return new AuditEntry(
        Instant.parse("2026-11-25T12:00:00Z"), "ann", action, "", aor, "", "", "said");
  }

  /** A chain whose records come while somebody waits; then the waiting is interrupted. */
  private static final class Chain implements AuditChain {

    private final List<StatusLine> found = new ArrayList<>();
    private final List<Runnable> onWait = new ArrayList<>();

    @Override
    public String signedHead() {
      return "head";
    }

    @Override
    public List<StatusLine> verify(Optional<String> head) {
      return List.copyOf(found);
    }

    @Override
    public boolean awaitAfter(long number, Duration longest) throws InterruptedException {
      if (onWait.isEmpty()) {
        throw new InterruptedException();
      }
      onWait.remove(0).run();
      return true;
    }
  }
}
