package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.RequestRefusedException;

public final class ImportTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final FakeAgent agent = new FakeAgent();
  private final Paper paper = new Paper();

  @Test
  public void thousandsOfPhonesAreEnrolledWithTheirCodesInAnOwnerOnlyFile() throws IOException {
    Import work = importing(phones(5000));
    work.check(false, false);
    Path codes = folder.getRoot().toPath().resolve("codes.csv");
    work.enrol(codes, "ann");
    List<String> lines = Files.readAllLines(codes);
    assertEquals("code,extension,device,line,enrolment", lines.get(0));
    assertEquals(FakeAgent.CODE + ",1000@localhost,,1,e1", lines.get(1));
    assertEquals(5001, lines.size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(codes)));
    assertFalse(paper.text().contains(FakeAgent.CODE));
    assertTrue(paper.text().contains("Enrolled 5000 phones."));
  }

  @Test
  public void oneBadLineChangesNothing() {
    Import work = importing("extension\n1001\nbad\n1003\n");
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> work.check(false, false));
    assertTrue(refused.getMessage().contains("1 of 3 lines are bad"));
    assertTrue(paper.text().contains("line 3: is no extension"));
    assertEquals(List.of(), agent.asked);
  }

  @Test
  public void whetherDevicesKeepTheirOtherLinesIsForTheAgent() {
    Import work = importing("extension,device\n1005,80:5e:c0:00:00:01\n");
    work.check(false, true);
    work.enrol(folder.getRoot().toPath().resolve("codes.csv"), "ann");
    assertTrue(agent.asked.get(0), agent.asked.get(0).contains("keepLines=true"));
  }

  @Test
  public void badLinesCanBeLeftOut() {
    Import work = importing("extension,line\n1001,1\nbad,1\n1003,999\n1004,1\n");
    work.check(true, false);
    work.enrol(folder.getRoot().toPath().resolve("codes.csv"), "ann");
    assertEquals(2, agent.enrolments.size());
    assertTrue(paper.text().contains("left out 2 bad lines"));
  }

  @Test
  public void phonesThatAreListedAlreadyAreLeftOutAndTheNewOnesEntered() {
    Import work = importing("extension\nlisted\n1003\n1004\n");
    work.check(false, false);
    work.enlist("ann");
    assertEquals(2, agent.enrolments.size());
    assertTrue(paper.text().contains("line 2, left out: Is in the inventory already."));
    assertTrue(
        paper.text().contains("Entered 2 phones into the inventory, left out 1 listed already."));
  }

  @Test
  public void aListWithoutNewPhonesIsNoError() {
    Import work = importing("extension\nlisted\n");
    work.check(false, false);
    work.enlist("ann");
    assertTrue(paper.text().contains("all 1 phones are listed already"));
  }

  @Test
  public void aFileOfCodesIsNeverWrittenOver() throws IOException {
    Path codes = folder.newFile("codes.csv").toPath();
    Import work = importing("extension\n1001\n");
    work.check(false, false);
    assertThrows(RequestRefusedException.class, () -> work.enrol(codes, "ann"));
    assertEquals(List.of(), agent.asked);
    assertTrue(Files.exists(codes));
  }

  @Test
  public void anAgentThatRefusesLeavesNoFileOfCodes() {
    Path codes = folder.getRoot().toPath().resolve("codes.csv");
    Import work = importing("extension\nbad\n");
    assertThrows(RequestRefusedException.class, () -> work.enrol(codes, "ann"));
    assertFalse(Files.exists(codes));
  }

  @Test
  public void codesAreNeverLostForWantOfAFile() {
    assertThrows(
        RequestRefusedException.class, () -> Import.codesFile(null, folder.getRoot().toPath()));
  }

  private Import importing(String text) {
    return new Import(agent, ImportFile.of(text), paper.pipe());
  }

  private static String phones(int count) {
    return IntStream.range(1000, 1000 + count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n", "extension\n", "\n"));
  }
}
