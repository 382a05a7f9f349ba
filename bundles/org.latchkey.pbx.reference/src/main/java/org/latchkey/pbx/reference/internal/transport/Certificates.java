package org.latchkey.pbx.reference.internal.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server certificate of the TLS listeners, from two PEM files that may come later and may
 * change. A pair that can't be read is not taken: the last good one stays.
 */
public final class Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private final Path chain;
  private final Path key;
  private volatile @Nullable SslContext current;
  private volatile String problem;
  private String seen = "";

  /** Watches a certificate chain, leaf first, and its PKCS#8 key. */
  public Certificates(Path chain, Path key) {
    this.chain = chain;
    this.key = key;
    this.problem = chain + " is not there yet";
  }

  /** The files watched. */
  boolean isOf(Path otherChain, Path otherKey) {
    return chain.equals(otherChain) && key.equals(otherKey);
  }

  /** What new connections use; empty until there is a certificate. */
  Optional<SslContext> current() {
    return Optional.ofNullable(current);
  }

  /** What is wrong with the files; empty when nothing is. */
  public String problem() {
    return problem;
  }

  /** Looks whether the files changed. Reads files: not for the SIP thread. */
  synchronized void refresh() {
    try {
      if (!Files.isReadable(chain) || !Files.isReadable(key)) {
        problem = (Files.isReadable(chain) ? key : chain) + " is not there, or can't be read";
        return;
      }
      String state = state(chain) + state(key);
      if (!state.equals(seen)) {
        current =
            SslContextBuilder.forServer(chain.toFile(), key.toFile())
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
        seen = state;
      }
      problem = "";
    } catch (IOException | IllegalArgumentException e) {
      String text =
          chain + " and " + key + " are not a certificate with its key: " + e.getMessage();
      if (!text.equals(problem)) {
        LOG.warn("{}", text);
      }
      problem = text;
    }
  }

  private static String state(Path file) throws IOException {
    return Files.getLastModifiedTime(file) + "/" + Files.size(file) + "/" + fileKey(file) + ";";
  }

  private static String fileKey(Path file) throws IOException {
    return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }
}
