package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.MaintenancePasswords;
import org.latchkey.key.Registrar;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.phone.FilePreviews;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;
import org.latchkey.shell.internal.FakeAgent;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

/** What commands tell of the files and families of phones. */
public class PhoneFilesTest {

  private static final String KEY = "lkabcdefghijklmnopqrstuvwxyz2345";

  private final FakeAgent agent = new FakeAgent().issued(KEY, "1001", "805ec0000001", 1);
  private final Secret file = Secret.ofText("account.1.password = ****\n\u001b[2Jend");
  private final FilePreviews previews =
      new FilePreviews() {
        @Override
        public Optional<PhoneFile> preview(List<KeyRecord> keys, Registrar registrar) {
          return keys.get(0).keyIdentifier().equals(KEY)
              ? Optional.of(new PhoneFile("text/plain", file))
              : Optional.empty();
        }
      };
  private final Paper paper = new Paper();

  @Test
  public void aPreviewIsPrintedAsPlainTextAndItsFileWiped() {
    PhoneCommand phone = preview();
    phone.run(FakeParts.running(agent, previews), paper.pipe());
    assertTrue(paper.text(), paper.text().contains("account.1.password = ****\n?[2Jend\n"));
    assertThrows(IllegalStateException.class, file::copy);
  }

  @Test
  public void aPreviewSaysWhyThereIsNone() {
    preview()
        .run(FakeParts.running(agent, (FilePreviews) (keys, at) -> Optional.empty()), paper.pipe());
    assertTrue(paper.text(), paper.text().contains("There is no file to show"));
    RequestRefusedException refusal =
        assertThrows(
            RequestRefusedException.class,
            () -> preview().run(FakeParts.running(agent), paper.pipe()));
    assertTrue(String.valueOf(refusal.getMessage()).contains("phone profiles"));
    PhoneCommand json = preview();
    json.json = true;
    assertThrows(
        RequestRefusedException.class,
        () -> json.run(FakeParts.running(agent, previews), paper.pipe()));
  }

  @Test
  public void aMaintenancePasswordIsSpelledAsTheMenuTakesIt() {
    PhoneCommand phone = new PhoneCommand();
    phone.words = List.of("1001", "--maintenance-password");
    phone.run(
        FakeParts.running(
            agent,
            new Family(false),
            (MaintenancePasswords) (key, actor) -> Secret.ofText("letters")),
        paper.pipe());
    assertTrue(paper.text(), paper.text().contains(KEY + ": 123456789"));
    assertFalse(paper.text().contains("letters"));
  }

  @Test
  public void whoCantCallWhileUnregisteredIsNamed() {
    new PhonesCommand().run(FakeParts.running(agent, new Family(false)), paper.pipe());
    assertTrue(paper.text(), paper.text().contains(", can't call"));
    Paper other = new Paper();
    new PhonesCommand().run(FakeParts.running(agent, new Family(true)), other.pipe());
    assertFalse(other.text(), other.text().contains("can't call"));
    PhoneCommand phone = new PhoneCommand();
    phone.words = List.of("1001");
    Paper sheet = new Paper();
    phone.run(FakeParts.running(agent, new Family(false)), sheet.pipe());
    assertTrue(sheet.text(), sheet.text().contains("unregistered      can't call"));
    assertTrue(sheet.text(), sheet.text().contains("fetches on        check-sync"));
    assertEquals(1, sheet.text().split("can't call", -1).length - 1);
  }

  private static PhoneCommand preview() {
    PhoneCommand phone = new PhoneCommand();
    phone.words = List.of("1001", "--preview");
    return phone;
  }

  /** The family of the agent's phone. */
  private record Family(boolean callsUnregistered) implements PhoneProfile {
    @Override
    public String name() {
      return "json";
    }

    @Override
    public Traits traits() {
      return new Traits(
          DigestAlgorithm.MD5, IdentifierForm.LONG, callsUnregistered, Optional.of("check-sync"));
    }

    @Override
    public Optional<FileRequest> recognise(ProvisioningRequest request) {
      return Optional.empty();
    }

    @Override
    public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site site) {
      return new PhoneFile("text/plain", Secret.ofText(""));
    }

    @Override
    public Secret menuPassword(Secret password) {
      return Secret.ofText("123456789");
    }
  }
}
