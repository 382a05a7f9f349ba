package org.latchkey.keyagent.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Base32;
import org.latchkey.keyscheme.Kdf;
import org.latchkey.keyscheme.Prf;

/**
 * One-time codes: 16 base32 characters (80 bit) for a URL, 8 digits for typing. Kept as an HMAC
 * under a key of purpose control, with its generation in front: whoever copies the store can't try
 * digits against it. The hash of a typed code or PIN is bound to its enrolment.
 */
final class Codes {

  /** How many tries a typed code or PIN has. */
  static final int TRIES = 5;

  private static final String LABEL = "lk1/o";
  private static final int URL_CHARACTERS = 16;
  private static final int TYPED_DIGITS = 8;

  private final Custody custody;
  private final SecureRandom random;

  Codes(Custody custody, SecureRandom random) {
    this.custody = custody;
    this.random = random;
  }

  /** A new code, owned by the caller. */
  Secret fresh(CodeKind kind) {
    byte[] code;
    if (isTyped(kind)) {
      code = new byte[TYPED_DIGITS];
      for (int i = 0; i < TYPED_DIGITS; i++) {
        code[i] = (byte) ('0' + random.nextInt(10));
      }
    } else {
      byte[] bits = new byte[URL_CHARACTERS * 5 / 8];
      random.nextBytes(bits);
      code = Base32.encode(bits, URL_CHARACTERS);
      Arrays.fill(bits, (byte) 0);
    }
    Secret secret = Secret.copyOf(code);
    Arrays.fill(code, (byte) 0);
    return secret;
  }

  /** The code without blanks and dashes, in lower case, owned by the caller. */
  static Secret normal(Secret given) {
    byte[] bytes = given.copy();
    byte[] kept = new byte[bytes.length];
    int length = 0;
    for (byte b : bytes) {
      if (b != ' ' && b != '-') {
        kept[length++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
      }
    }
    byte[] exact = Arrays.copyOf(kept, length);
    Secret normal = Secret.copyOf(exact);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(kept, (byte) 0);
    Arrays.fill(exact, (byte) 0);
    return normal;
  }

  /** The kind that a normal code has the form of; empty for none. */
  static Optional<CodeKind> kind(Secret normal) {
    byte[] code = normal.copy();
    boolean digits = code.length == TYPED_DIGITS;
    boolean base32 = code.length == URL_CHARACTERS;
    for (byte b : code) {
      digits &= b >= '0' && b <= '9';
      base32 &= b >= 0 && Base32.value(b) >= 0;
    }
    Arrays.fill(code, (byte) 0);
    if (digits) {
      return Optional.of(CodeKind.TYPED);
    }
    return base32 ? Optional.of(CodeKind.URL) : Optional.empty();
  }

  /** Whether it is digits, which anybody could find were there no end of tries. */
  static boolean isTyped(CodeKind kind) {
    return kind == CodeKind.TYPED || kind == CodeKind.PIN;
  }

  /** The hash to keep with a new enrolment, under the issuing generation. */
  String hash(CodeKind kind, String enrolment, Secret code) {
    return hash(custody.issuingGeneration(), scope(kind, enrolment), code);
  }

  /** The hashes that a code in a URL may be kept under, the issuing generation's first. */
  List<String> urlHashes(Secret normal) {
    List<Integer> generations = new ArrayList<>(custody.generations());
    generations.sort((a, b) -> b - a);
    return generations.stream().map(g -> hash(g, scope(CodeKind.URL, ""), normal)).toList();
  }

  /**
   * Whether this is the typed code of that enrolment; in constant time. Never once the generation
   * that it was hashed under was cut off or destroyed.
   */
  boolean fits(Enrolment enrolment, Secret normal) {
    int colon = enrolment.codeHash().indexOf(':');
    if (colon < 1) {
      return false;
    }
    int generation = Integer.parseInt(enrolment.codeHash().substring(0, colon));
    if (!custody.generations().contains(generation)) {
      return false;
    }
    String given = hash(generation, scope(enrolment.codeKind(), enrolment.id()), normal);
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.US_ASCII),
        enrolment.codeHash().getBytes(StandardCharsets.US_ASCII));
  }

  private String hash(int generation, String scope, Secret code) {
    byte[] bytes = code.copy();
    try (Prf control = custody.subkey(generation, KeyPurpose.CONTROL, "", "")) {
      byte[] context = new Kdf.Context().field(scope).field(bytes).toBytes();
      byte[] derived = Kdf.derive(control, LABEL, context);
      Arrays.fill(context, (byte) 0);
      return generation + ":" + HexFormat.of().formatHex(derived);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static String scope(CodeKind kind, String enrolment) {
    return isTyped(kind) ? enrolment : "";
  }
}
