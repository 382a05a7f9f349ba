package org.latchkey.https.internal.connection;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who does the TLS of the doors. */
public enum TlsEngine {
  /** The Java platform; works everywhere. */
  JDK,
  /** BoringSSL through netty-tcnative; says so when it does not load. */
  NATIVE,
  /** BoringSSL when it loads, else the Java platform. */
  AUTO;

  private static final Logger LOG = LoggerFactory.getLogger(TlsEngine.class);

  /**
   * The engine that a setting names.
   *
   * @throws IllegalArgumentException when it names none
   */
  public static TlsEngine named(String setting) {
    for (TlsEngine engine : values()) {
      if (engine.name().equals(setting.trim().toUpperCase(Locale.ROOT))) {
        return engine;
      }
    }
    throw new IllegalArgumentException("tlsEngine is '" + setting + "': write jdk, native or auto");
  }

  /** What is really used on this machine. */
  SslProvider provider() {
    if (this == JDK) {
      return SslProvider.JDK;
    }
    if (OpenSsl.isAvailable()) {
      return SslProvider.OPENSSL;
    }
    if (this == NATIVE) {
      Throwable cause = OpenSsl.unavailabilityCause();
      LOG.warn("The native TLS engine does not load, the JDK's is used: {}", cause.toString());
    }
    return SslProvider.JDK;
  }
}
