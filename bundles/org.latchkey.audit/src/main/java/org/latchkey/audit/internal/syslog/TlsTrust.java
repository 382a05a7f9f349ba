package org.latchkey.audit.internal.syslog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a connection trusts and who it says it is, from files that are read each time. */
final class TlsTrust {

  private TlsTrust() {}

  /**
   * Reads the files.
   *
   * @param authorities PEM; empty for those that Java trusts
   * @param keyStore PKCS #12; empty for no certificate of our own
   * @param passwordFile that key store's password
   */
  static SSLContext of(String authorities, String keyStore, String passwordFile)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own(keyStore, passwordFile), trusted(authorities), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates can't be used: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trusted(String authorities)
      throws IOException, GeneralSecurityException {
    if (authorities.isBlank()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(authorities))) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + number++, one);
      }
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] own(String keyStore, String passwordFile)
      throws IOException, GeneralSecurityException {
    if (keyStore.isBlank()) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(Path.of(passwordFile));
    CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] password = new char[characters.remaining()];
    characters.get(password);
    int length = password.length;
    while (length > 0 && Character.isWhitespace(password[length - 1])) {
      length--;
    }
    char[] stripped = Arrays.copyOf(password, length);
    try (InputStream in = Files.newInputStream(Path.of(keyStore))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, stripped);
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, stripped);
      return factory.getKeyManagers();
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(characters.array(), '\0');
      Arrays.fill(password, '\0');
      Arrays.fill(stripped, '\0');
    }
  }
}
