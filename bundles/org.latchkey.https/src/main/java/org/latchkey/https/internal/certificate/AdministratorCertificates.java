package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The administrator's own certificate and key, read again whenever the files change. */
public final class AdministratorCertificates implements CertificateSource {

  private static final Logger LOG = LoggerFactory.getLogger(AdministratorCertificates.class);
  private static final Duration NOTICE = Duration.ofDays(14);

  private final Path certificateFile;
  private final Path keyFile;
  private final String publicName;

  private @Nullable Stamps seen;
  private volatile @Nullable Identity identity;
  private volatile String problem = "not read yet";

  /** Reads nothing yet. */
  public AdministratorCertificates(Path certificateFile, Path keyFile, String publicName) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.publicName = publicName;
  }

  @Override
  public boolean refresh(Instant now) {
    Stamps stamps = Stamps.of(certificateFile, keyFile);
    if (problem.isEmpty() && stamps.equals(seen)) {
      return false;
    }
    try {
      Identity read = read();
      seen = stamps;
      problem = "";
      boolean changed = !read.equals(identity);
      identity = read;
      if (changed) {
        LOG.info("{} is in use, valid until {}", certificateFile, Validity.lastDay(read.leaf()));
      }
      return changed;
    } catch (UnusableFileException | IOException e) {
      failed(String.valueOf(e.getMessage()));
      return false;
    }
  }

  @Override
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  @Override
  public String caPem() {
    return "";
  }

  @Override
  public Optional<Path> caFile() {
    return Optional.empty();
  }

  @Override
  public List<StatusLine> status(Instant now) {
    List<StatusLine> lines = new ArrayList<>();
    Identity current = identity;
    String wrong = problem;
    if (!wrong.isEmpty()) {
      lines.add(
          StatusLine.fault(
              wrong + (current == null ? "" : "; the one read before stays in use"),
              "Correct the file (settings certificateFile and keyFile); it is read again by"
                  + " itself."));
    }
    if (current != null) {
      lines.addAll(judge(current.leaf(), now));
    }
    if (isOpenToAll(keyFile)) {
      lines.add(
          StatusLine.warning(
              "Every user of this machine can read the private key in " + keyFile,
              "Take the right from them: chmod o-rwx " + keyFile));
    }
    return lines;
  }

  private static boolean isOpenToAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      // What can't be read is told elsewhere; where there are no such rights, nothing is known.
      return false;
    }
  }

  private List<StatusLine> judge(X509Certificate leaf, Instant now) {
    String what = "The certificate in " + certificateFile;
    List<StatusLine> lines = new ArrayList<>();
    Validity.problem(what, leaf, now)
        .or(() -> Validity.endsSoon(what, leaf, NOTICE, now, "Put its successor in its place."))
        .ifPresent(lines::add);
    if (!CertificateNames.cover(leaf, publicName)) {
      lines.add(
          StatusLine.warning(
              "%s does not name %s, which phones are told to connect to"
                  .formatted(what, publicName),
              "Set publicName to a name in the certificate, or get one that names it."));
    }
    if (lines.isEmpty()) {
      lines.add(StatusLine.ok("%s is valid until %s".formatted(what, Validity.lastDay(leaf))));
    }
    return lines;
  }

  private Identity read() throws IOException, UnusableFileException {
    PrivateKey key = PemFile.privateKey(keyFile);
    List<X509Certificate> certificates = PemFile.certificates(certificateFile);
    for (X509Certificate leaf : certificates) {
      if (Identity.belongTogether(key, leaf.getPublicKey())) {
        return new Identity(key, chain(leaf, certificates));
      }
    }
    throw new UnusableFileException(
        "The key in %s does not belong to a certificate in %s".formatted(keyFile, certificateFile));
  }

  /** The leaf, who signed it, who signed that: phones take no other order and nothing between. */
  private static List<X509Certificate> chain(X509Certificate leaf, List<X509Certificate> others) {
    List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
    Optional<X509Certificate> next = signer(leaf, others);
    while (next.isPresent() && !chain.contains(next.get())) {
      chain.add(next.get());
      next = signer(next.get(), others);
    }
    return chain;
  }

  private static Optional<X509Certificate> signer(
      X509Certificate signed, List<X509Certificate> others) {
    return others.stream()
        .filter(one -> one.getSubjectX500Principal().equals(signed.getIssuerX500Principal()))
        .filter(one -> signs(one, signed))
        .findFirst();
  }

  private static boolean signs(X509Certificate one, X509Certificate signed) {
    try {
      signed.verify(one.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void failed(String reason) {
    if (!reason.equals(problem)) {
      LOG.warn("{}", reason);
    }
    problem = reason;
  }
}
