package org.latchkey.keyscheme;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDFCounterBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KDFCounterParameters;
import org.junit.Test;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.KeyPurpose;

/**
 * The bytes that never change once phones hold secrets, as {@code src/test/vectors/lk1.py} computed
 * them, and as Bouncy Castle computes them.
 */
public class KeySchemeVectorsTest {

  @Test
  public void subkeysAreTheCommittedOnes() {
    for (Vectors each : vectors("subkey")) {
      try (Prf master = each.prf("master")) {
        byte[] subkey =
            KeyScheme.subkey(
                master,
                each.text("enterprise"),
                KeyPurpose.valueOf(each.text("purpose").toUpperCase(Locale.ROOT)),
                each.text("realm"),
                each.text("domain"));
        assertArrayEquals(each.toString(), each.bytes("subkey"), subkey);
        byte[] context = prefixed(each, "enterprise", "purpose", "realm", "domain");
        assertArrayEquals(bouncyCastle(each.bytes("master"), "lk1/k", context), subkey);
      }
    }
  }

  @Test
  public void checkValuesAreTheCommittedOnes() {
    for (Vectors each : vectors("check")) {
      try (Prf master = each.prf("master")) {
        String value = KeyScheme.checkValue(master, each.text("enterprise"));
        assertEquals(each.text("value"), value);
      }
    }
  }

  @Test
  public void uniquePartsOfDerivedIdentifiersAreTheCommittedOnes() {
    for (Vectors each : vectors("unique")) {
      try (Prf subkey = each.prf("subkey")) {
        Aor aor = new Aor(each.text("user"), each.text("domain"));
        byte[] unique =
            KeyScheme.derivedUnique(
                subkey, each.text("device"), aor, each.number("line"), each.number("counter"));
        assertArrayEquals(each.toString(), each.bytes("unique"), unique);
      }
    }
  }

  @Test
  public void keyIdentifiersOfBothFormsAndClassesAreTheCommittedOnes() {
    for (Vectors each : vectors("identifier")) {
      try (Prf subkey = each.prf("subkey")) {
        IdentifierForm form = IdentifierForm.valueOf(each.text("form"));
        DigestAlgorithm least = DigestAlgorithm.valueOf(each.text("least"));
        int generation = each.number("generation");
        KeyIdentifier made =
            KeyIdentifier.of(form, generation, least, each.bytes("unique"), subkey);
        assertEquals(each.text("identifier"), made.text());

        KeyIdentifier read = KeyIdentifier.parse(each.text("identifier")).orElseThrow();
        assertEquals(made, read);
        assertEquals(form, read.form());
        assertEquals(generation, read.generation());
        assertEquals(least, read.least());
        assertArrayEquals(each.bytes("octets"), read.bytes());
        assertTrue(each.toString(), read.tagFits(subkey));
      }
    }
  }

  @Test
  public void secretsAreTheCommittedOnes() {
    for (Vectors each : vectors("secret")) {
      try (Prf subkey = each.prf("subkey")) {
        KeyIdentifier identifier = KeyIdentifier.parse(each.text("identifier")).orElseThrow();
        byte[] secret = KeyScheme.secret(subkey, identifier, each.text("user"));
        assertEquals(each.text("secret"), new String(secret, StandardCharsets.US_ASCII));

        ByteArrayOutputStream context = new ByteArrayOutputStream();
        context.write(identifier.bytes().length);
        context.writeBytes(identifier.bytes());
        context.writeBytes(prefixed(each, "user"));
        byte[] derived = bouncyCastle(each.bytes("subkey"), "lk1/s", context.toByteArray());
        assertArrayEquals(Base32.encode(derived, KeyScheme.SECRET_CHARACTERS), secret);
      }
    }
  }

  @Test
  public void ha1IsTheCommittedOne() {
    for (Vectors each : vectors("ha1")) {
      byte[] secret = each.text("secret").getBytes(StandardCharsets.US_ASCII);
      DigestAlgorithm algorithm = DigestAlgorithm.valueOf(each.text("algorithm"));
      byte[] ha1 = Ha1.hex(algorithm, each.text("identifier"), each.text("realm"), secret);
      assertEquals(each.text("ha1"), new String(ha1, StandardCharsets.US_ASCII));
      assertEquals(algorithm.hexLength(), ha1.length);
    }
  }

  /** A user up to 19 bytes costs two compressions: the message is not longer than 55 bytes. */
  @Test
  public void theMessageOfAUsualSecretFitsOneBlock() {
    int[] length = new int[1];
    Prf measure =
        new Prf() {
          @Override
          public byte[] mac(byte[] message) {
            length[0] = message.length;
            return new byte[OUTPUT_BYTES];
          }

          @Override
          public void close() {}
        };
    String text = vectors("identifier").get(0).text("identifier");
    KeyScheme.secret(measure, KeyIdentifier.parse(text).orElseThrow(), "u".repeat(19));
    assertEquals(55, length[0]);
  }

  private static List<Vectors> vectors(String kind) {
    return Vectors.of("lk1.txt", kind);
  }

  private static byte[] prefixed(Vectors each, String... names) {
    ByteArrayOutputStream context = new ByteArrayOutputStream();
    for (String name : names) {
      byte[] field = each.text(name).getBytes(StandardCharsets.UTF_8);
      context.write(field.length);
      context.writeBytes(field);
    }
    return context.toByteArray();
  }

  private static byte[] bouncyCastle(byte[] key, String label, byte[] context) {
    ByteArrayOutputStream fixed = new ByteArrayOutputStream();
    fixed.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    fixed.write(0);
    fixed.writeBytes(context);
    fixed.writeBytes(new byte[] {0, 0, 1, 0});
    KDFCounterBytesGenerator generator =
        new KDFCounterBytesGenerator(new HMac(SHA256Digest.newInstance()));
    generator.init(new KDFCounterParameters(key, fixed.toByteArray(), 32));
    byte[] output = new byte[32];
    generator.generateBytes(output, 0, 32);
    return output;
  }
}
