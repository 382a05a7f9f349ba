package org.latchkey.keyscheme;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.KeyPurpose;

/** What differs in anything differs in its key. */
public class KeySeparationTest {

  private final Prf master = new HmacPrf(new byte[32]);
  private final Prf other = new HmacPrf(new byte[] {1});
  private final Set<String> seen = new HashSet<>();

  @Test
  public void everyFieldOfASubkeyCounts() {
    unseen(KeyScheme.subkey(master, "e", KeyPurpose.REGISTRATION, "r", "d"));
    unseen(KeyScheme.subkey(other, "e", KeyPurpose.REGISTRATION, "r", "d"));
    unseen(KeyScheme.subkey(master, "E", KeyPurpose.REGISTRATION, "r", "d"));
    unseen(KeyScheme.subkey(master, "e", KeyPurpose.REGISTRATION, "R", "d"));
    unseen(KeyScheme.subkey(master, "e", KeyPurpose.REGISTRATION, "r", "D"));
    unseen(KeyScheme.subkey(master, "e", KeyPurpose.REGISTRATION, "d", "r"));
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose != KeyPurpose.REGISTRATION) {
        unseen(KeyScheme.subkey(master, "e", purpose, "r", "d"));
      }
    }
  }

  @Test
  public void everyFieldOfADerivedIdentifierCounts() {
    Aor aor = new Aor("1001", "example.org");
    unseen(KeyScheme.derivedUnique(master, "805ec0000001", aor, 1, 0));
    unseen(KeyScheme.derivedUnique(other, "805ec0000001", aor, 1, 0));
    unseen(KeyScheme.derivedUnique(master, "805ec0000002", aor, 1, 0));
    unseen(KeyScheme.derivedUnique(master, "805ec0000001", aor, 2, 0));
    unseen(KeyScheme.derivedUnique(master, "805ec0000001", aor, 1, 1));
    unseen(KeyScheme.derivedUnique(master, "805ec0000001", new Aor("1002", "example.org"), 1, 0));
    unseen(KeyScheme.derivedUnique(master, "805ec0000001", new Aor("1001", "example.com"), 1, 0));
    for (int line : new int[] {0, -1, 256}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> KeyScheme.derivedUnique(master, "805ec0000001", aor, line, 0));
    }
  }

  @Test
  public void everyBitOfAnIdentifierAndTheUserCountForTheSecret() {
    byte[] unique = new byte[10];
    unseen(secret(unique, "1001"));
    unseen(secret(unique, "1002"));
    unseen(secret(unique, "1001 "));
    for (int bit = 0; bit < 80; bit++) {
      byte[] flipped = unique.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      unseen(secret(flipped, "1001"));
    }
  }

  @Test
  public void aSecretIsNotTheSecretOfTheSameNameUnderAnotherSubkey() {
    KeyIdentifier identifier = identifier(new byte[10]);
    unseen(KeyScheme.secret(master, identifier, "1001"));
    unseen(KeyScheme.secret(other, identifier, "1001"));
  }

  @Test
  public void noTwoSplitsOfTheSameTextGiveTheSameContext() {
    String text = "abcdefghij";
    for (List<String> fields : splits(text)) {
      Kdf.Context context = new Kdf.Context();
      fields.forEach(context::field);
      assertTrue(fields.toString(), seen.add(HexFormat.of().formatHex(context.toBytes())));
    }
    assertEquals(1 << (text.length() - 1), seen.size());
  }

  @Test
  public void randomFieldListsGiveEqualContextsOnlyWhenTheyAreEqual() {
    Random random = new Random(20261125);
    Set<List<String>> lists = new HashSet<>();
    Set<String> contexts = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      List<String> fields = new ArrayList<>();
      Kdf.Context context = new Kdf.Context();
      for (int f = random.nextInt(4); f >= 0; f--) {
        byte[] field = new byte[random.nextInt(4)];
        for (int b = 0; b < field.length; b++) {
          field[b] = (byte) random.nextInt(4);
        }
        fields.add(new String(field, StandardCharsets.ISO_8859_1));
        context.field(field);
      }
      lists.add(fields);
      contexts.add(HexFormat.of().formatHex(context.toBytes()));
    }
    assertEquals(lists.size(), contexts.size());
  }

  @Test
  public void aFieldThatIsTooLongForItsLengthByteIsRefused() {
    Kdf.Context context = new Kdf.Context().field(new byte[255]);
    assertThrows(IllegalArgumentException.class, () -> context.field(new byte[256]));
    assertThrows(IllegalArgumentException.class, () -> context.octet(256));
    assertThrows(IllegalArgumentException.class, () -> context.number(-1));
  }

  private byte[] secret(byte[] unique, String user) {
    return KeyScheme.secret(master, identifier(unique), user);
  }

  private KeyIdentifier identifier(byte[] unique) {
    return KeyIdentifier.of(IdentifierForm.LONG, 1, DigestAlgorithm.MD5, unique, other);
  }

  private void unseen(byte[] key) {
    assertTrue(seen.add(HexFormat.of().formatHex(key)));
    Arrays.fill(key, (byte) 0);
  }

  private static List<List<String>> splits(String text) {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of(text));
    for (int first = 1; first < text.length(); first++) {
      for (List<String> rest : splits(text.substring(first))) {
        List<String> split = new ArrayList<>(List.of(text.substring(0, first)));
        split.addAll(rest);
        all.add(split);
      }
    }
    return all;
  }
}
