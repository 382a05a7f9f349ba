package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class AddressTest {

  /** Of the key scheme's committed vectors in form: digits of all kinds, and no i, l, o, u. */
  private static final String KEY = "k0109k5kwgjn1e9qxyeab8tv1fh8vbrm";

  private static final String PASSWORD = "nzm3j73k9fhce1ye9h5nmvkgv7";

  @Test
  public void aLoginInThePathIsReadInTheKeySchemesAlphabet() {
    for (String key : List.of(KEY, KEY.substring(0, 20))) {
      Address login =
          Address.of("yealink/" + key + '/' + PASSWORD + "/805ec0000001.cfg", "yealink").get(0);
      assertTrue(login.named());
      assertEquals(key, login.key());
      assertEquals(PASSWORD, login.password());
      assertEquals("805ec0000001.cfg", login.file());
      assertTrue(login.login().isPresent());
    }
  }

  @Test
  public void aCodeIsNoLoginAndAFolderOfThePhoneNeither() {
    Address code = Address.of("0123456789abcdef/805ec0000001.cfg", "yealink").get(0);
    assertEquals("0123456789abcdef", code.code());
    assertEquals("", code.key());
    assertEquals("", Address.of(KEY + "/nzm3/805ec0000001.cfg", "yealink").get(0).password());
  }
}
