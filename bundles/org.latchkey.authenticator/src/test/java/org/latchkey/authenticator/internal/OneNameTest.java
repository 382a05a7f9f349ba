package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;

import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;

/** Devices that have one name for everything: extension, hyphen, key identifier. */
public class OneNameTest {

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private Office office;

  @Before
  public void openOffice() {
    office = new Office(Path.of(folder.getRoot().getPath(), "latchkey", "nonce.key"));
  }

  @Test
  public void aDeviceProvesItselfByItsOneName() {
    for (IdentifierForm form : IdentifierForm.values()) {
      Phone device = office.keys.phone(Office.EXTENSION, 1, form, DigestAlgorithm.MD5);
      String key = device.username;
      device.username = Office.EXTENSION.joinedWith(key);
      assertEquals(
          key + " 1001@example.org",
          office
              .ask(device.answer(nonce(device)))
              .fold(a -> a.keyIdentifier() + " " + a.aor(), c -> "", r -> "", n -> "", u -> ""));
    }
  }

  @Test
  public void itsKeyOpensNoOtherExtensionWhateverItCallsItself() {
    Aor other = new Aor("1002", "example.org");
    Phone device = office.phone().as(other);
    String key = device.username;
    device.username = other.joinedWith(key);
    assertEquals("WRONG_SECRET", Office.words(office.ask(device.answer(nonce(device)))));
    device.username = Office.EXTENSION.joinedWith(key);
    assertEquals("not ours: 1001-" + key, Office.words(office.ask(device.answer(nonce(device)))));
  }

  @Test
  public void whatIsRevokedOrForgedIsRefusedUnderThisNameToo() {
    Phone device = office.phone();
    String key = device.username;
    device.username = Office.EXTENSION.joinedWith(key);
    office.keys.revoked.add(key);
    assertEquals("REVOKED", Office.words(office.ask(device.answer(nonce(device)))));
    String forged = key.substring(0, 31) + (key.endsWith("0") ? '1' : '0');
    device.username = Office.EXTENSION.joinedWith(forged);
    assertEquals("FORGED_IDENTIFIER", Office.words(office.ask(device.answer(nonce(device)))));
  }

  @Test
  public void anOldPhoneWithALongNameStaysWhatItIs() {
    Phone phone = office.phone();
    for (String name : new String[] {"1001-", "1001-k", "1001-kitchen", "100", "1001"}) {
      phone.username = name;
      assertEquals("not ours: " + name, Office.words(office.ask(phone.answer(nonce(phone)))));
    }
  }

  private String nonce(Phone phone) {
    return Office.nonce(office.ask(phone.knock()));
  }
}
