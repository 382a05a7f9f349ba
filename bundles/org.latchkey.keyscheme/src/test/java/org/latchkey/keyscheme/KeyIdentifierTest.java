package org.latchkey.keyscheme;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;

public class KeyIdentifierTest {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Prf tagKey = new HmacPrf(new byte[] {7});
  private final Random random = new Random(20261125);

  @Test
  public void whatWasMadeIsReadBackTheSame() {
    for (int i = 0; i < 10_000; i++) {
      IdentifierForm form = i % 2 == 0 ? IdentifierForm.LONG : IdentifierForm.SHORT;
      DigestAlgorithm least = random.nextBoolean() ? DigestAlgorithm.MD5 : DigestAlgorithm.SHA_256;
      int generation = random.nextInt(1024);
      KeyIdentifier made = KeyIdentifier.of(form, generation, least, unique(), tagKey);
      KeyIdentifier read = KeyIdentifier.parse(made.text()).orElseThrow();
      assertEquals(made, read);
      assertEquals(generation, read.generation());
      assertEquals(least, read.least());
      assertEquals(form, read.form());
      assertEquals(form == IdentifierForm.LONG ? 32 : 20, read.text().length());
      assertEquals(form == IdentifierForm.LONG ? 20 : 13, read.bytes().length);
      assertTrue(read.tagFits(tagKey));
    }
  }

  @Test
  public void onlyTheCanonicalTextIsAnIdentifier() {
    String text = made(IdentifierForm.LONG).text();
    refused("");
    refused("k");
    refused(text + "0");
    refused(text.substring(1));
    refused(" " + text.substring(1));
    refused(text.toUpperCase(Locale.ROOT));
    refused("j" + text.substring(1));
    refused("K" + text.substring(1));
    refused(made(IdentifierForm.SHORT).text().replaceFirst("j", "k"));
    for (char c : "ilouILOU-_=. \u0000\u00e9\u0661\uff11\u212a".toCharArray()) {
      for (int at = 1; at < text.length(); at++) {
        refused(text.substring(0, at) + c + text.substring(at + 1));
      }
    }
  }

  @Test
  public void aClassThatDoesNotExistIsNoIdentifier() {
    String text = made(IdentifierForm.LONG).text();
    for (char c : ALPHABET.substring(2).toCharArray()) {
      refused(text.substring(0, 3) + c + text.substring(4));
    }
  }

  @Test
  public void everyChangedCharacterSpoilsTheTag() {
    for (IdentifierForm form : IdentifierForm.values()) {
      String text = made(form).text();
      for (int at = 1; at < text.length(); at++) {
        for (int i = 0; i < ALPHABET.length(); i++) {
          char c = ALPHABET.charAt(i);
          String changed = text.substring(0, at) + c + text.substring(at + 1);
          Optional<KeyIdentifier> read = KeyIdentifier.parse(changed);
          assertEquals(changed.equals(text), read.isPresent() && read.get().tagFits(tagKey));
        }
      }
    }
  }

  @Test
  public void theTagIsForOneRealmAndDomain() {
    assertFalse(made(IdentifierForm.LONG).tagFits(new HmacPrf(new byte[] {8})));
  }

  @Test
  public void whatIsOutOfRangeIsNotMade() {
    DigestAlgorithm md5 = DigestAlgorithm.MD5;
    for (int generation : new int[] {-1, 1024}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> KeyIdentifier.of(IdentifierForm.LONG, generation, md5, new byte[10], tagKey));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyIdentifier.of(IdentifierForm.LONG, 1, md5, new byte[9], tagKey));
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyIdentifier.of(IdentifierForm.SHORT, 1, md5, new byte[6], tagKey));
  }

  @Test
  public void bitsBeyondTheUniquePartDoNotCount() {
    byte[] one = new byte[32];
    byte[] two = new byte[32];
    two[6] = 0x3f;
    two[10] = 1;
    DigestAlgorithm md5 = DigestAlgorithm.MD5;
    assertEquals(
        KeyIdentifier.of(IdentifierForm.SHORT, 1, md5, one, tagKey),
        KeyIdentifier.of(IdentifierForm.SHORT, 1, md5, two, tagKey));
  }

  private KeyIdentifier made(IdentifierForm form) {
    return KeyIdentifier.of(form, 1, DigestAlgorithm.MD5, unique(), tagKey);
  }

  private byte[] unique() {
    byte[] unique = new byte[10];
    random.nextBytes(unique);
    return unique;
  }

  private static void refused(String text) {
    assertEquals(text, Optional.empty(), KeyIdentifier.parse(text));
  }
}
