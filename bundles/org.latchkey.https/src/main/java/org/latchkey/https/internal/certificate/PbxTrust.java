package org.latchkey.https.internal.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.latchkey.status.StatusLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities whose client certificates PBXs may show: the site's own, and those of the
 * administrator. Refreshed by one thread, read by any.
 */
public final class PbxTrust {

  private static final Logger LOG = LoggerFactory.getLogger(PbxTrust.class);

  private final Path own;
  private final Optional<Path> further;

  private @Nullable Stamps seen;
  private Set<X509Certificate> ofTheSite = Set.of();
  private Set<X509Certificate> ofTheAdministrator = Set.of();
  private volatile Set<X509Certificate> authorities = Set.of();
  private volatile String problem = "";

  /**
   * Reads nothing yet.
   *
   * @param directory where the site's own authority is, if it has one
   * @param further the administrator's file, if there is one
   */
  public PbxTrust(Path directory, Optional<Path> further) {
    this.own = new AuthorityFiles(directory).authority();
    this.further = further;
  }

  /**
   * Reads what changed; those of a file that can't be read stay in use.
   *
   * @return whether {@link #authorities} are others now
   */
  public boolean refresh() {
    Stamps stamps = Stamps.of(own, further.orElse(own));
    if (problem.isEmpty() && stamps.equals(seen)) {
      return false;
    }
    seen = stamps;
    String before = problem;
    problem = "";
    if (Files.exists(own)) {
      ofTheSite = read(own, ofTheSite);
    }
    if (further.isPresent()) {
      ofTheAdministrator = read(further.get(), ofTheAdministrator);
    }
    if (!problem.isEmpty() && !problem.equals(before)) {
      LOG.warn("Authorities of PBXs stay as they were: {}", problem);
    }
    Set<X509Certificate> all = new LinkedHashSet<>(ofTheSite);
    all.addAll(ofTheAdministrator);
    boolean changed = !all.equals(authorities);
    authorities = Set.copyOf(all);
    return changed;
  }

  private Set<X509Certificate> read(Path file, Set<X509Certificate> before) {
    try {
      return Set.copyOf(PemFile.certificates(file));
    } catch (UnusableFileException | IOException e) {
      problem = String.valueOf(e.getMessage());
      return before;
    }
  }

  /** The authorities in use. */
  public Set<X509Certificate> authorities() {
    return authorities;
  }

  /** What is wrong. */
  public List<StatusLine> status() {
    String wrong = problem;
    if (!wrong.isEmpty()) {
      return List.of(
          StatusLine.fault(
              wrong + "; the authorities of PBXs stay as they were",
              "Correct the file (setting pbxTrustFile); it is read again by itself."));
    }
    return authorities.isEmpty()
        ? List.of(
            StatusLine.warning(
                "The PBX door trusts no authority, so no PBX gets in",
                "Name the file of one in pbxTrustFile."))
        : List.of();
  }
}
