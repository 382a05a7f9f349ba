package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.shell.internal.Parts.BundleState;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusLine.Level;
import org.latchkey.status.StatusSource;

public final class StatusReportTest {

  @Test
  public void theWorstComesFirst() {
    List<StatusReport.Entry> entries =
        report(
            FakeParts.running(
                source("store", StatusLine.ok("Writes.")),
                source("key agent", StatusLine.fault("No master key.", "Bring it back.")),
                source("doors", StatusLine.warning("Ends soon.", "Renew it."))));
    assertEquals("key agent", entries.get(0).part());
    assertEquals("doors", entries.get(1).part());
  }

  @Test
  public void aPartThatFailsWhenAskedIsAFault() {
    StatusSource broken =
        new StatusSource() {
          @Override
          public String part() {
            return "store";
          }

          @Override
          public List<StatusLine> status() {
            throw new IllegalStateException("no disk");
          }
        };
    StatusReport.Entry first = report(FakeParts.running(broken)).get(0);
    assertEquals(Level.FAULT, first.line().level());
    assertTrue(first.line().words().contains("no disk"));
  }

  @Test
  public void aStoppedBundleIsAFaultAndOneThatIsNotInstalledIsNamed() {
    List<StatusReport.Entry> entries =
        report(FakeParts.running().with(Part.STORE, BundleState.STOPPED));
    assertEquals("store", entries.get(0).part());
    assertEquals(Level.FAULT, entries.get(0).line().level());
    StatusReport.Entry last = entries.get(entries.size() - 1);
    assertEquals(Level.OK, last.line().level());
    assertTrue(last.line().words().contains("org.latchkey.keyagent"));
    assertFalse(last.line().words().contains("org.latchkey.store"));
  }

  @Test
  public void aPbxWithAnotherRealmIsNamed() {
    assertTrue(
        report(FakeParts.running(new FakeAgent(), new FakePbx("asterisk"))).stream()
            .anyMatch(entry -> entry.line().words().contains("'asterisk'")));
    assertFalse(
        report(FakeParts.running(new FakeAgent(), new FakePbx("latchkey"))).stream()
            .anyMatch(entry -> entry.part().equals("PBX realms")));
  }

  @Test
  public void openCommandsAndFileTransferAreWarnings() {
    FakeParts stock = FakeParts.running().on(new ConsoleAccess(false, Optional.of(" "), true));
    List<StatusReport.Entry> console =
        report(stock).stream().filter(entry -> entry.part().equals("console")).toList();
    assertEquals(3, console.size());
    assertTrue(console.toString(), console.toString().contains("sftpEnabled = false"));
    assertTrue(console.stream().allMatch(entry -> entry.line().level() == Level.WARNING));
    assertFalse(console.stream().anyMatch(entry -> entry.line().next().isEmpty()));
  }

  private static List<StatusReport.Entry> report(FakeParts parts) {
    return new StatusReport(parts, parts.consoleAccess()).entries();
  }

  private static StatusSource source(String part, StatusLine line) {
    return new StatusSource() {
      @Override
      public String part() {
        return part;
      }

      @Override
      public List<StatusLine> status() {
        return List.of(line);
      }
    };
  }
}
