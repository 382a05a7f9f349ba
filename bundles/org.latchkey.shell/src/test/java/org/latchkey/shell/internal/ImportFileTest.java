package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.RequestRefusedException;

public final class ImportFileTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void columnsAreFoundByTheirNamesInAnyOrder() {
    EnrolmentOrder order =
        only(
            """
            Name,Window,typed,approval,line,device,EXTENSION
            Ann,30,yes,true,2,80:5E:C0:00:00:01,1001
            """);
    assertEquals("1001", order.aor());
    assertEquals(Optional.of("80:5E:C0:00:00:01"), order.device());
    assertEquals(2, order.line());
    assertEquals(Optional.of("Ann"), order.displayName());
    assertTrue(order.approval());
    assertEquals(CodeKind.TYPED, order.codeKind());
    assertEquals(Optional.of(Duration.ofMinutes(30)), order.window());
  }

  @Test
  public void anInventoryMayNameTheVendorOfEachPhone() {
    EnrolmentOrder order =
        ImportFile.of("extension,device,vendor\n1001,805ec0000001,Yealink\n")
            .asInventory()
            .lines()
            .get(0)
            .order();
    assertEquals(Optional.of("yealink"), order.vendor());
    assertEquals(CodeKind.INVENTORY, order.codeKind());
    assertEquals(Optional.empty(), only("extension,vendor\n1001,\n").vendor());
  }

  @Test
  public void whatIsLeftOutTakesItsDefault() {
    assertEquals(EnrolmentOrder.of("1001"), only("extension\r\n1001\r\n"));
    assertEquals(EnrolmentOrder.of("1001"), only("extension,device,line\n1001,,\n"));
  }

  @Test
  public void quotedFieldsMayHoldSeparatorsAndQuotes() {
    assertEquals(
        Optional.of("Ann \"Desk\", 2nd floor"),
        only("extension,name\n1001,\"Ann \"\"Desk\"\", 2nd floor\"\n").displayName());
  }

  @Test
  public void spreadsheetsOfAllCountriesAreRead() throws IOException {
    Path file = folder.getRoot().toPath().resolve("phones.csv");
    Files.writeString(file, "\uFEFFextension;name\r\n1001;Jörg\r\n", StandardCharsets.UTF_8);
    assertEquals(Optional.of("Jörg"), ImportFile.read(file).lines().get(0).order().displayName());
    assertEquals(Optional.of("Ann"), only("extension\tname\n1001\tAnn\n").displayName());
  }

  @Test
  public void eachBadLineIsNamedByItsPlaceInTheFile() {
    ImportFile file =
        ImportFile.of(
            """
            extension,name,line,approval
            1001,Ann,1,

            1002,Bob,0,
            ,Cid,1,
            1004,"Dan",1,perhaps
            1005,Eve
            1006,Fay,1,no,extra
            """);
    assertEquals(
        List.of(4L, 5L, 6L, 7L, 8L),
        file.badLines().stream().map(ImportFile.BadLine::number).toList());
    assertEquals(1, file.lines().size());
    assertTrue(file.badLines().get(0).sentence().contains("1 to 255"));
    assertTrue(file.badLines().get(3).sentence().contains("2 fields"));
  }

  @Test
  public void aQuoteThatIsNeverClosedIsFound() {
    ImportFile file = ImportFile.of("extension,name\n1001,\"Ann\n1002,Bob\n1003,Cid\n");
    assertTrue(file.lines().isEmpty());
    assertEquals(2L, file.badLines().get(0).number());
    assertTrue(file.badLines().get(0).sentence().contains("not closed"));
  }

  @Test
  public void textAfterAClosingQuoteEndsTheReading() {
    RequestRefusedException refused =
        assertThrows(
            RequestRefusedException.class,
            () -> ImportFile.of("extension,name\n1001,Ann\n1002,\"Bob\"by\n"));
    assertTrue(refused.getMessage().contains("after line 2"));
  }

  @Test
  public void thePhoneThatIsThereTwiceIsNamed() {
    ImportFile file =
        ImportFile.of(
            "extension,device\n1001,80:5e:c0:00:00:01\n1002,805EC0000001\n1003,\n1003,\n");
    assertEquals(
        List.of(3L, 5L), file.badLines().stream().map(ImportFile.BadLine::number).toList());
    assertTrue(file.badLines().get(0).sentence().contains("line 2"));
  }

  @Test
  public void nothingIsShownOfAFileThatIsNoImportFile() throws IOException {
    Path secret = folder.getRoot().toPath().resolve("master.pass");
    Files.writeString(secret, "topsecret,extension\n", StandardCharsets.UTF_8);
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> ImportFile.read(secret));
    assertFalse(refused.getMessage().contains("topsecret"));
  }

  @Test
  public void whatIsNotTextInUtf8IsRefused() throws IOException {
    Path latin = folder.getRoot().toPath().resolve("latin.csv");
    Files.write(latin, "extension,name\n1001,Jörg\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThrows(RequestRefusedException.class, () -> ImportFile.read(latin));
    assertThrows(RequestRefusedException.class, () -> ImportFile.of(""));
    assertThrows(RequestRefusedException.class, () -> ImportFile.of("device\nx\n"));
    assertThrows(RequestRefusedException.class, () -> ImportFile.of("extension,extension\n"));
  }

  @Test
  public void aFileThatCannotBeReadIsToldInWords() {
    Path absent = folder.getRoot().toPath().resolve("absent.csv");
    String noFile =
        assertThrows(RequestRefusedException.class, () -> ImportFile.read(absent)).getMessage();
    assertTrue(noFile, noFile.startsWith("Nothing was changed: there is no file " + absent));
    String directory =
        assertThrows(
                RequestRefusedException.class, () -> ImportFile.read(folder.getRoot().toPath()))
            .getMessage();
    assertTrue(directory, directory.endsWith(": Is a directory."));
    assertFalse(noFile + directory, (noFile + directory).contains("Exception"));
  }

  @Test
  public void whatIsNoFileIsNotRead() {
    RequestRefusedException refusal =
        assertThrows(RequestRefusedException.class, () -> ImportFile.read(Path.of("/dev/zero")));
    assertEquals("Nothing was changed: /dev/zero is no file. Name one.", refusal.getMessage());
  }

  @Test
  public void aCodesFileThatCannotBeMadeIsToldInWords() {
    Path lost = folder.getRoot().toPath().resolve("absent").resolve("codes.csv");
    String noDirectory =
        assertThrows(RequestRefusedException.class, () -> CodesFile.create(lost)).getMessage();
    assertTrue(noDirectory, noDirectory.contains("there is no directory " + lost.getParent()));
    assertFalse(noDirectory, noDirectory.contains("Exception"));
  }

  private static EnrolmentOrder only(String text) {
    ImportFile file = ImportFile.of(text);
    assertEquals(List.of(), file.badLines());
    assertEquals(1, file.lines().size());
    return file.lines().get(0).order();
  }
}
