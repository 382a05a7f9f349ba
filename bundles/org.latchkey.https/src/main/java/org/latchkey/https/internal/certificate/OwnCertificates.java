package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates of the site's own authority, which is made at the first start. The server
 * certificate is renewed by itself; the authority never is, because phones would not know the next
 * one.
 */
public final class OwnCertificates implements CertificateSource {

  private static final Logger LOG = LoggerFactory.getLogger(OwnCertificates.class);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(60);
  private static final Duration AUTHORITY_NOTICE = Duration.ofDays(365);

  private final AuthorityFiles files;
  private final SiteNames names;

  private @Nullable Stamps seen;
  private volatile @Nullable Identity identity;
  private volatile @Nullable X509Certificate authority;
  private volatile List<StatusLine> problems = List.of();

  /**
   * Touches no file yet.
   *
   * @param directory where the files are, made when it is missing
   * @param names what the certificate has to carry
   */
  public OwnCertificates(Path directory, SiteNames names) {
    this.files = new AuthorityFiles(directory);
    this.names = names;
  }

  @Override
  public boolean refresh(Instant now) {
    Identity before = identity;
    if (before != null && problems.isEmpty() && files.stamps().equals(seen) && !due(before, now)) {
      return false;
    }
    List<StatusLine> found = new ArrayList<>();
    try {
      provide(now, found);
    } catch (UnusableFileException e) {
      found.add(
          StatusLine.fault(
              String.valueOf(e.getMessage()),
              "Bring the file back from a backup. " + AuthorityFiles.ANEW));
    } catch (IOException e) {
      found.add(
          StatusLine.fault(
              "The certificates in " + files.directory() + " can't be read or written: " + e,
              "Make room on the disk, or give the folder to the user that runs Karaf."));
    }
    seen = files.stamps();
    found.stream()
        .filter(line -> !problems.contains(line))
        .forEach(line -> LOG.warn("{}: {}", line.words(), line.next()));
    problems = List.copyOf(found);
    return !Objects.equals(before, identity);
  }

  @Override
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  @Override
  public String caPem() {
    X509Certificate current = authority;
    return current == null
        ? ""
        : new String(PemFile.encode(List.of(current)), StandardCharsets.US_ASCII);
  }

  @Override
  public Optional<Path> caFile() {
    return Optional.ofNullable(authority).map(there -> files.authority());
  }

  @Override
  public List<StatusLine> status(Instant now) {
    List<StatusLine> lines = new ArrayList<>(problems);
    Identity current = identity;
    X509Certificate root = authority;
    if (current != null) {
      Validity.problem("The server certificate", current.leaf(), now)
          .or(() -> Validity.clockBehind(current.leaf(), now))
          .ifPresent(lines::add);
    }
    if (root != null) {
      String what = "The site's certificate authority (" + files.authority() + ")";
      Validity.problem(what, root, now)
          .or(() -> Validity.endsSoon(what, root, AUTHORITY_NOTICE, now, AuthorityFiles.ANEW))
          .ifPresent(lines::add);
    }
    if (lines.isEmpty() && current != null) {
      lines.add(
          StatusLine.ok(
              "Server certificate of the site's own authority (%s), valid until %s"
                  .formatted(files.authority(), Validity.lastDay(current.leaf()))));
    }
    return lines;
  }

  private void provide(Instant now, List<StatusLine> found)
      throws IOException, UnusableFileException {
    files.finishReplacing();
    Optional<Identity> stored = files.readServer();
    stored.ifPresent(server -> identity = server);
    if (files.neverMade()) {
      Optional<StatusLine> clock = Validity.clockNeverSet(now);
      if (clock.isPresent()) {
        found.add(clock.get());
        return;
      }
      files.writeAuthority(SiteAuthority.create(names, now));
      LOG.info("A certificate authority was made for this site: {}", files.authority());
    }
    X509Certificate root = files.readAuthorityCertificate();
    authority = root;
    if (makesRoom(root) || stored.filter(server -> fits(server, root, now)).isEmpty()) {
      issue(files.readAuthority(root), now, found);
    }
    look(found);
  }

  private void look(List<StatusLine> found) throws IOException {
    files.keyProblem().ifPresent(found::add);
    X509Certificate root = authority;
    if (root != null && !permitted(root).equals(names.all())) {
      Set<String> left = new LinkedHashSet<>(names.all());
      left.removeAll(permitted(root));
      found.add(
          StatusLine.fault(
              "The site's certificate authority may not certify " + String.join(", ", left),
              "Correct publicName and extraNames. " + AuthorityFiles.ANEW));
    }
  }

  private void issue(SiteAuthority stored, Instant now, List<StatusLine> found)
      throws IOException, UnusableFileException {
    Optional<StatusLine> clock =
        Validity.problem("The site's certificate authority", stored.certificate(), now);
    if (clock.isPresent()) {
      found.add(clock.get());
      return;
    }
    SiteAuthority issuer = stored;
    if (makesRoom(stored.certificate())) {
      issuer = SiteAuthority.create(names, now);
      files.replaceAuthority(issuer);
      authority = issuer.certificate();
      LOG.info("A new certificate authority, for {}: {}", names.publicName(), files.authority());
    }
    Identity server = issuer.issueServer(permitted(issuer.certificate()), now);
    files.writeServer(server);
    identity = server;
    LOG.info(
        "A server certificate for {} was issued, valid until {}",
        names.publicName(),
        Validity.lastDay(server.leaf()));
  }

  /** Whether an authority knows this machine only, while the site has a name now. */
  private boolean makesRoom(X509Certificate root) {
    return NameLimits.in(root).onlyLoopback() && !permitted(root).equals(names.all());
  }

  private boolean fits(Identity server, X509Certificate root, Instant now) {
    return SiteAuthority.signed(root, server.leaf())
        && CertificateNames.of(server.leaf()).equals(permitted(root))
        && !due(server, now);
  }

  private Set<String> permitted(X509Certificate root) {
    NameLimits limits = NameLimits.in(root);
    Set<String> permitted = new LinkedHashSet<>(names.all());
    permitted.removeIf(name -> !limits.permits(name));
    return permitted;
  }

  private static boolean due(Identity server, Instant now) {
    Instant end = server.leaf().getNotAfter().toInstant();
    return now.isBefore(server.leaf().getNotBefore().toInstant())
        || now.isAfter(end.minus(RENEWED_BEFORE));
  }
}
