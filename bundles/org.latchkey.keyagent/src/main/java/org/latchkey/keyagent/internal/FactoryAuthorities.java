package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latchkey.files.OwnerFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The factory authorities that are trusted, in the file {@code factory-trust}. It is read again
 * when it was replaced. One that can't be read trusts nobody. Thread-safe.
 */
final class FactoryAuthorities {

  /** The file's name. */
  static final String FILE = "factory-trust";

  private static final Logger LOG = LoggerFactory.getLogger(FactoryAuthorities.class);
  private static final Pattern ENTRY =
      Pattern.compile(
          "vendor=([a-z0-9-]+) accept-expired=(true|false)\\R(-----BEGIN[^-]+-----[^-]+-----END[^-]+-----)");

  private static final Pattern VENDOR = Pattern.compile("(?m)^\\s*vendor");
  private static final Pattern ARMOUR = Pattern.compile("-----BEGIN");

  private final OwnerFile file;
  private String stamp = "";
  private List<FactoryAuthority> inForce = List.of();
  private Optional<String> fault = Optional.empty();

  FactoryAuthorities(OwnerFile file) {
    this.file = file;
  }

  /** All of them. */
  synchronized List<FactoryAuthority> all() {
    String now = file.stamp();
    if (!now.equals(stamp)) {
      try {
        inForce = file.exists() ? read() : List.of();
        fault = Optional.empty();
        stamp = now;
      } catch (IOException | CertificateException e) {
        inForce = List.of();
        failed("The factory authorities can't be read: " + e.getMessage());
      }
    }
    return inForce;
  }

  /** It is tried again each time, and told once. */
  private void failed(String words) {
    if (!fault.equals(Optional.of(words))) {
      LOG.warn("No factory certificate counts: {}", words);
    }
    fault = Optional.of(words);
    stamp = "";
  }

  /** Why none is in force though there is a file. */
  synchronized Optional<String> fault() {
    all();
    return fault;
  }

  /** Replaces them; on disk when this returns. */
  synchronized void keep(List<FactoryAuthority> authorities) throws IOException {
    String text =
        "# Factory authorities that latchkey:factory-trust imported.\n"
            + authorities.stream().map(FactoryAuthority::text).collect(Collectors.joining());
    file.write(text.getBytes(StandardCharsets.US_ASCII));
    all();
  }

  private List<FactoryAuthority> read() throws IOException, CertificateException {
    String text = new String(file.read(), StandardCharsets.US_ASCII);
    List<FactoryAuthority> read = new ArrayList<>();
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      FactoryAuthority.certificates(entry.group(3)).stream()
          .map(
              one ->
                  new FactoryAuthority(entry.group(1), Boolean.parseBoolean(entry.group(2)), one))
          .forEach(read::add);
    }
    if (read.size() != count(VENDOR, text) || read.size() != count(ARMOUR, text)) {
      throw new IOException(file.path() + " was edited so that not all in it can be read");
    }
    return List.copyOf(read);
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }
}
