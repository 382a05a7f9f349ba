package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latchkey.status.StatusLine;

/**
 * The four files of the site's own authority: {@code ca.pem}, {@code ca.key}, {@code server.pem}
 * (leaf first) and {@code server.key}.
 *
 * @param directory where they are
 */
record AuthorityFiles(Path directory) {

  /** What to do for a new authority. */
  static final String ANEW =
      "For a new authority remove ca.pem, ca.key, server.pem and server.key from that folder; every"
          + " phone then needs the new ca.pem.";

  Path authority() {
    return directory.resolve("ca.pem");
  }

  Stamps stamps() {
    return Stamps.of(authority(), authorityKey(), server(), serverKey());
  }

  /** Whether no authority was ever finished here: there is none, and nothing that one issued. */
  boolean neverMade() {
    return !Files.exists(authority()) && !Files.exists(server());
  }

  /** The server's key and certificates; empty when they are absent or do not fit each other. */
  Optional<Identity> readServer() throws IOException {
    try {
      return Optional.of(
          new Identity(PemFile.privateKey(serverKey()), PemFile.certificates(server())));
    } catch (UnusableFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  X509Certificate readAuthorityCertificate() throws IOException, UnusableFileException {
    return PemFile.certificates(authority()).get(0);
  }

  SiteAuthority readAuthority(X509Certificate certificate)
      throws IOException, UnusableFileException {
    PrivateKey key = PemFile.privateKey(authorityKey());
    try {
      return new SiteAuthority(new Identity(key, List.of(certificate)));
    } catch (IllegalArgumentException e) {
      throw new UnusableFileException(
          "The key in %s does not belong to %s".formatted(authorityKey(), authority()));
    }
  }

  /** What is wrong with the authority's key, which is only read when something is issued. */
  Optional<StatusLine> keyProblem() throws IOException {
    if (!Files.exists(authorityKey())) {
      return Optional.of(
          StatusLine.warning(
              authorityKey() + " is missing, so the server certificate can't be renewed",
              "Bring the file back from a backup. " + ANEW));
    }
    return OwnerOnlyFile.isOpenToOthers(authorityKey())
        ? Optional.of(
            StatusLine.warning(
                authorityKey() + " can be read by other users of this machine",
                "chmod 600 " + authorityKey()))
        : Optional.empty();
  }

  void writeAuthority(SiteAuthority made) throws IOException {
    OwnerOnlyFile.directory(directory);
    writeKey(authorityKey(), made.identity().key());
    OwnerOnlyFile.writePublic(authority(), PemFile.encode(made.identity().chain()));
  }

  void writeServer(Identity made) throws IOException {
    writeKey(serverKey(), made.key());
    OwnerOnlyFile.writePublic(server(), PemFile.encode(made.chain()));
  }

  /**
   * Puts another authority in the place of this one, which is kept as {@code ca-localhost}. All is
   * on the disk before the two moves; when only the first of them was made, {@link
   * #finishReplacing()} makes the second.
   */
  void replaceAuthority(SiteAuthority made) throws IOException {
    writeKey(nextKey(), made.identity().key());
    OwnerOnlyFile.writePublic(next(), PemFile.encode(made.identity().chain()));
    writeSecret(directory.resolve("ca-localhost.key"), Files.readAllBytes(authorityKey()));
    OwnerOnlyFile.writePublic(
        directory.resolve("ca-localhost.pem"), Files.readAllBytes(authority()));
    OwnerOnlyFile.move(nextKey(), authorityKey());
    OwnerOnlyFile.move(next(), authority());
  }

  /** Ends a replacing that broke off between its two moves. */
  void finishReplacing() throws IOException {
    if (Files.exists(next()) && !Files.exists(nextKey())) {
      OwnerOnlyFile.move(next(), authority());
    }
  }

  private static void writeKey(Path file, PrivateKey key) throws IOException {
    writeSecret(file, PemFile.encode(key));
  }

  private static void writeSecret(Path file, byte[] pem) throws IOException {
    try {
      OwnerOnlyFile.writeSecret(file, pem);
    } finally {
      Arrays.fill(pem, (byte) 0);
    }
  }

  private Path authorityKey() {
    return directory.resolve("ca.key");
  }

  private Path next() {
    return directory.resolve("ca-next.pem");
  }

  private Path nextKey() {
    return directory.resolve("ca-next.key");
  }

  private Path server() {
    return directory.resolve("server.pem");
  }

  private Path serverKey() {
    return directory.resolve("server.key");
  }
}
