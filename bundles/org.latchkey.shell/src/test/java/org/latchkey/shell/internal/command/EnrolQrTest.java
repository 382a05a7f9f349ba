package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;
import org.latchkey.shell.internal.QrPictureTest;

/** {@code latchkey:enrol --qr}, seen through a camera. */
public final class EnrolQrTest {

  private final FakeAgent agent = new FakeAgent();
  private final FakeParts node = FakeParts.running(agent, new Doors());
  private final Paper paper = new Paper();

  @Test
  public void theAddressForSoftPhonesIsDrawnWithItsCode() throws Exception {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of("1002", "--qr");
    enrol.run(node, paper.pipe());
    List<String> picture =
        paper.text().lines().filter(line -> line.matches("[█▀▄ ]{20,}")).toList();
    assertEquals(
        "https://pbx.example.org:8443/provision/linphone/" + FakeAgent.CODE + ".xml",
        QrPictureTest.read(picture));
  }

  @Test
  public void aTerminalThatIsTooNarrowSaysHowWideItMustBe() {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of("1002", "--qr");
    enrol.run(node, paper.terminal(30));
    assertTrue(paper.text(), paper.text().contains("It needs a terminal of "));
  }

  @Test
  public void aTypedCodeIsNotDrawn() {
    EnrolCommand enrol = new EnrolCommand();
    enrol.words = List.of("1002", "--qr", "--typed");
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> enrol.run(node, paper.pipe()));
    assertTrue(refused.getMessage().contains("Say one of the two"));
    assertEquals(List.of(), agent.asked);
  }

  private static final class Doors implements PublicAddress {
    @Override
    public URI phones() {
      return URI.create("https://pbx.example.org:8443/");
    }

    @Override
    public String caPem() {
      return "";
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.empty();
    }
  }
}
