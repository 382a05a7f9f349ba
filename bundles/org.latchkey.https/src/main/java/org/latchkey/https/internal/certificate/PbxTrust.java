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

  /** Reads what changed; what can't be read leaves those in use that were read before. */
  public boolean refresh() {
    Stamps stamps = Stamps.of(own, further.orElse(own));
    if (problem.isEmpty() && stamps.equals(seen)) {
      return false;
    }
    seen = stamps;
    try {
      Set<X509Certificate> read = new LinkedHashSet<>();
      if (Files.exists(own)) {
        read.addAll(PemFile.certificates(own));
      }
      if (further.isPresent()) {
        read.addAll(PemFile.certificates(further.get()));
      }
      boolean changed = !read.equals(authorities);
      authorities = Set.copyOf(read);
      problem = "";
      return changed;
    } catch (UnusableFileException | IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(problem)) {
        LOG.warn("The authorities of PBXs stay as they were: {}", reason);
      }
      problem = reason;
      return false;
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
