package org.latchkey.pbx.http.internal.opensips;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;

/**
 * The name under which OpenSSL looks for an authority in a directory of them ({@code
 * X509_NAME_hash} since OpenSSL 1.0): the first four bytes, in little-endian order, of SHA-1 over
 * the subject in a form of its own, whose texts are UTF-8 in lower case, each run of spaces one.
 */
final class SubjectHash {

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int UTF8_STRING = 0x0c;
  private static final int LONG_LENGTH = 0x80;

  /** The kinds of text that have such a form, and how they are written. */
  private static final Map<Integer, Charset> TEXTS =
      Map.of(
          UTF8_STRING,
          StandardCharsets.UTF_8,
          0x13,
          StandardCharsets.US_ASCII,
          0x14,
          StandardCharsets.ISO_8859_1,
          0x16,
          StandardCharsets.US_ASCII,
          0x1a,
          StandardCharsets.US_ASCII,
          0x1e,
          StandardCharsets.UTF_16BE);

  private SubjectHash() {}

  /**
   * The name, eight hexadecimal digits.
   *
   * @param pem a certificate
   * @throws IllegalArgumentException when it is none
   */
  static String of(String pem) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      byte[] name = certificate.getSubjectX500Principal().getEncoded();
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(canonical(content(ByteBuffer.wrap(name))));
      return "%08x".formatted(ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getInt());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the authority of the PBX door is no certificate", e);
    }
  }

  /** Elements of DER one after another, with their texts in the form that is hashed. */
  private static byte[] canonical(ByteBuffer elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (elements.hasRemaining()) {
      int tag = elements.get(elements.position()) & 0xff;
      ByteBuffer content = content(elements);
      Charset charset = TEXTS.get(tag);
      if (tag == SEQUENCE || tag == SET) {
        write(out, tag, canonical(content));
      } else if (charset != null) {
        String text =
            charset.decode(content).toString().strip().replaceAll("[ \\t\\n\\x0B\\f\\r]+", " ");
        write(out, UTF8_STRING, lowerCase(text).getBytes(StandardCharsets.UTF_8));
      } else {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        write(out, tag, bytes);
      }
    }
    return out.toByteArray();
  }

  /** Only letters of ASCII have a lower case there. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder();
    text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c)));
    return lower.toString();
  }

  /** The content of the next element of DER, which is taken from the buffer. */
  private static ByteBuffer content(ByteBuffer elements) {
    elements.get();
    int length = elements.get() & 0xff;
    if (length >= LONG_LENGTH) {
      int bytes = length - LONG_LENGTH;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (elements.get() & 0xff);
      }
    }
    ByteBuffer content = elements.slice(elements.position(), length);
    elements.position(elements.position() + length);
    return content;
  }

  private static void write(ByteArrayOutputStream out, int tag, byte[] content) {
    out.write(tag);
    if (content.length >= 0x100) {
      out.write(LONG_LENGTH + 2);
      out.write(content.length >> 8);
    } else if (content.length >= LONG_LENGTH) {
      out.write(LONG_LENGTH + 1);
    }
    out.write(content.length);
    out.writeBytes(content);
  }
}
