package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.latchkey.door.PbxDoor.ClientCertificate;
import org.latchkey.key.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Client certificates of PBXs, made by the site's own authority. Thread-safe. */
public final class PbxCertificates {

  private static final Logger LOG = LoggerFactory.getLogger(PbxCertificates.class);
  private static final int MOST_NAME_CHARACTERS = 64;

  private final AuthorityFiles files;

  /** Certificates of the authority whose files are in {@code directory}. */
  public PbxCertificates(Path directory) {
    files = new AuthorityFiles(directory);
  }

  /**
   * Issues one.
   *
   * @return empty when there is no authority, or its key can't be read
   */
  public Optional<ClientCertificate> issue(String name, Instant now) {
    if (name.isBlank() || name.length() > MOST_NAME_CHARACTERS) {
      throw new IllegalArgumentException("the name of a certificate has 1 to 64 characters");
    }
    if (files.neverMade()) {
      return Optional.empty();
    }
    try {
      SiteAuthority authority = files.readAuthority(files.readAuthorityCertificate());
      return Optional.of(certificate(authority.issueClient(name, now)));
    } catch (UnusableFileException | IOException e) {
      LOG.warn("No certificate for {} can be made: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  private static ClientCertificate certificate(Identity client) {
    byte[] key = PemFile.encode(client.key());
    try {
      return new ClientCertificate(
          new String(PemFile.encode(client.chain()), StandardCharsets.US_ASCII),
          Secret.copyOf(key),
          client.leaf().getNotAfter().toInstant());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
