package org.latchkey.backup.internal;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.Test;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Base32;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Kdf;
import org.latchkey.keyscheme.Prf;

/** A backup's key in shares, and what people do to shares. */
public class SharesTest {

  private static final int ALL = 5;
  private static final int BITS = Share.CHARACTERS * 5;

  private final SecureRandom random = new SecureRandom();
  private final BackupKey key = BackupKey.random(random);
  private final byte[] name = new byte[] {1, 2, 3, 4, 5};
  private final List<Share> shares = key.split(name, ALL, 3, random);

  @Test
  public void eachSubsetOfThreeInAnyOrderIsTheKey() {
    int subsets = 0;
    for (int subset = 0; subset < 1 << ALL; subset++) {
      if (Integer.bitCount(subset) == 3) {
        List<Share> some = some(subset);
        Collections.shuffle(some, random);
        assertArrayEquals(key.signing("keys"), BackupKey.of(some).signing("keys"));
        subsets++;
      }
    }
    assertEquals(10, subsets);
  }

  @Test
  public void noSubsetOfTwoIsTheKeyAndNoShareIsTheKeyItself() {
    for (int subset = 0; subset < 1 << ALL; subset++) {
      if (Integer.bitCount(subset) == 2) {
        byte[] other = BackupKey.of(some(subset)).signing("keys");
        assertFalse(Arrays.equals(key.signing("keys"), other));
      }
    }
    Set<Integer> numbers = new HashSet<>();
    for (Share share : shares) {
      numbers.add(share.number());
      byte[] alone = BackupKey.of(List.of(share)).signing("keys");
      assertFalse(Arrays.equals(key.signing("keys"), alone));
    }
    assertEquals("there is no share 0", Set.of(1, 2, 3, 4, 5), numbers);
  }

  /** The second opinion: Lagrange's formula at 0, over the field of AES. */
  @Test
  public void theSharesAreThoseOfTheDocumentedFormat() {
    byte[] bytes = new byte[Share.SECRET_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      for (Share one : shares.subList(0, 3)) {
        int term = one.secret()[i] & 0xff;
        for (Share other : shares.subList(0, 3)) {
          if (other != one) {
            int difference = other.number() ^ one.number();
            term = product(term, product(other.number(), inverse(difference)));
          }
        }
        bytes[i] ^= (byte) term;
      }
    }
    try (Prf prf = new HmacPrf(bytes)) {
      byte[] context = {4, 'k', 'e', 'y', 's'};
      assertArrayEquals(Kdf.derive(prf, "lk1/bm", context), key.signing("keys"));
      assertArrayEquals(Kdf.derive(prf, "lk1/be", context), key.encrypting("keys"));
    }
  }

  private static int product(int a, int b) {
    int product = 0;
    for (int i = 7; i >= 0; i--) {
      product = (product << 1) ^ ((product >> 7) * 0x11b) ^ ((b >> i & 1) * a);
    }
    return product;
  }

  private static int inverse(int a) {
    int b = 1;
    while (product(a, b) != 1) {
      b++;
    }
    return b;
  }

  @Test
  public void manySharesAreTheKeyToo() {
    List<Share> many = new ArrayList<>(key.split(name, 32, 17, random));
    Collections.shuffle(many, random);
    assertArrayEquals(key.signing("keys"), BackupKey.of(many.subList(0, 17)).signing("keys"));
  }

  @Test
  public void aShareIsReadHoweverItIsTyped() {
    String text = text(shares.get(2));
    assertEquals(89, text.length());
    for (String typed :
        List.of(
            text,
            text.toUpperCase(Locale.ROOT),
            text.replace("-", ""),
            text.replace('-', ' ') + "\r\n",
            text.replace('0', 'O').replace('1', 'l'),
            text.replace('0', 'o').replace('1', 'I'))) {
      Share read = Share.parse(Secret.ofText(typed), ALL);
      assertEquals(3, read.number());
      assertEquals(3, read.threshold());
      assertEquals(shares.get(2).fingerprint(), read.fingerprint());
    }
  }

  @Test
  public void aShareWithOneFlippedBitIsRefusedByItsNumberWhicheverBitItIs() {
    for (Share share : shares) {
      for (int bit = 0; bit < BITS; bit++) {
        String damaged = flipped(text(share).replace("-", ""), bit);
        String why = refusal(damaged);
        assertTrue(bit + ": " + why, why.startsWith("Share " + share.number() + " is damaged"));
      }
    }
  }

  @Test
  public void aShareThatIsTooShortTooLongOrNoneSaysSo() {
    String text = text(shares.get(0));
    assertTrue(refusal(text.substring(1)).contains("71 characters instead of 72"));
    assertTrue(refusal(text + "0").contains("73 characters instead of 72"));
    assertTrue(refusal("").contains("0 characters"));
    assertTrue(refusal(text.substring(0, 2) + "u" + text.substring(3)).contains("character 3"));
    assertTrue(refusal("hello, world").contains("no share"));
  }

  private static String refusal(String typed) {
    return String.valueOf(
        assertThrows(RequestRefusedException.class, () -> Share.parse(Secret.ofText(typed), ALL))
            .getMessage());
  }

  private static String flipped(String text, int bit) {
    byte[] characters = text.getBytes(StandardCharsets.US_ASCII);
    int at = bit / 5;
    int value = Base32.value(characters[at]) ^ (16 >> (bit % 5));
    characters[at] = Base32.encode(new byte[] {(byte) (value << 3)}, 1)[0];
    return new String(characters, StandardCharsets.US_ASCII);
  }

  static String text(Share share) {
    return new String(share.text().copy(), StandardCharsets.US_ASCII);
  }

  private List<Share> some(int subset) {
    List<Share> some = new ArrayList<>();
    for (int i = 0; i < ALL; i++) {
      if ((subset >> i & 1) == 1) {
        some.add(shares.get(i));
      }
    }
    return some;
  }
}
