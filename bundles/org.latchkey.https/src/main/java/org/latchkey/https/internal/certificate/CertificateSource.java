package org.latchkey.https.internal.certificate;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.latchkey.status.StatusLine;

/** Where the doors' certificate comes from. Refreshed by one thread, read by any. */
public interface CertificateSource {

  /**
   * Looks whether files changed or a certificate has to be renewed. What is broken is told by
   * {@link #status}; the identity in use then stays.
   *
   * @return whether {@link #identity} is another one now
   */
  boolean refresh(Instant now);

  /** What to show to peers; empty while there is nothing usable. */
  Optional<Identity> identity();

  /** The certificate of our own authority in PEM; empty when there is none. */
  String caPem();

  /** The file of {@link #caPem}. */
  Optional<Path> caFile();

  /** How the certificates are. */
  List<StatusLine> status(Instant now);
}
