package org.latchkey.sealing;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.Test;
import org.latchkey.admission.Hold;
import org.latchkey.key.KeyPurpose;

/** What an export says, and which subkeys it can hold. */
public class RegistrarExportTest {

  private static final Instant THEN = Instant.parse("2026-11-26T05:00:00.123Z");
  private static final Contents CONTENTS =
      new Contents(
          7,
          THEN,
          List.of("latchkey", "second"),
          List.of("localhost"),
          Set.of(1, 1023),
          Set.of(1),
          Set.of("k1"),
          Set.of("k2", "k3"),
          List.of(new Hold("k4", Hold.Kind.HELD, "noise\nand ü", "anna", THEN)));

  @Test
  public void itIsReadAsItWasWritten() throws Exception {
    try (RegistrarExport written = export();
        RegistrarExport read = RegistrarExport.read(written.toBytes())) {
      assertEquals(CONTENTS, read.contents());
      assertArrayEquals(
          written.subkeys().copy(1023, KeyPurpose.TAG, "second", "localhost").orElseThrow(),
          read.subkeys().copy(1023, KeyPurpose.TAG, "second", "localhost").orElseThrow());
      assertEquals(8, read.subkeys().names().size());
      assertTrue(read.subkeys().copy(2, KeyPurpose.REGISTRATION, "second", "localhost").isEmpty());
    }
  }

  @Test
  public void noOtherPurposeGetsIntoOne() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      boolean allowed = purpose == KeyPurpose.TAG || purpose == KeyPurpose.REGISTRATION;
      byte[] bytes = filled(1);
      if (allowed) {
        new Subkeys().put(1, purpose, "latchkey", "localhost", bytes);
        assertFalse(isWiped(bytes));
      } else {
        assertThrows(
            purpose.name(),
            IllegalArgumentException.class,
            () -> new Subkeys().put(1, purpose, "latchkey", "localhost", bytes));
        assertTrue(isWiped(bytes));
      }
    }
  }

  @Test
  public void aSubkeyOfAnotherGenerationRealmOrDomainIsRefused() {
    for (Subkeys.Name other :
        List.of(
            new Subkeys.Name(2, KeyPurpose.TAG, "latchkey", "localhost"),
            new Subkeys.Name(1, KeyPurpose.TAG, "third", "localhost"),
            new Subkeys.Name(1, KeyPurpose.TAG, "latchkey", "example.org"))) {
      Subkeys subkeys = subkeys();
      subkeys.put(other.generation(), other.purpose(), other.realm(), other.domain(), filled(9));
      assertThrows(IllegalArgumentException.class, () -> new RegistrarExport(CONTENTS, subkeys));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new RegistrarExport(CONTENTS, new Subkeys()));
  }

  @Test
  public void oneThatIsCutOrLongerIsRefused() {
    byte[] bytes = export().toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows("cut to " + length, IOException.class, () -> RegistrarExport.read(cut));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(IOException.class, () -> RegistrarExport.read(longer));
  }

  @Test
  public void itsSubkeysAreWipedWithIt() {
    byte[] bytes = filled(1);
    Subkeys subkeys = new Subkeys();
    subkeys.put(1, KeyPurpose.TAG, "latchkey", "localhost", bytes);
    subkeys.close();
    assertTrue(isWiped(bytes));
  }

  private static RegistrarExport export() {
    return new RegistrarExport(CONTENTS, subkeys());
  }

  private static Subkeys subkeys() {
    Subkeys subkeys = new Subkeys();
    int filling = 1;
    for (Subkeys.Name name : Subkeys.names(CONTENTS)) {
      byte[] bytes = filled(filling++);
      subkeys.put(name.generation(), name.purpose(), name.realm(), name.domain(), bytes);
    }
    return subkeys;
  }

  private static byte[] filled(int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return bytes;
  }

  private static boolean isWiped(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }
}
