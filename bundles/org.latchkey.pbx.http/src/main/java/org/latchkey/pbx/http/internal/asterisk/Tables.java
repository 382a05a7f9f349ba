package org.latchkey.pbx.http.internal.asterisk;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.LatchkeyServices;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.registration.Ha1Source;

/**
 * The rows of {@code ps_endpoints}, {@code ps_auths} and {@code ps_aors}. An endpoint is called as
 * its key is, and has one AOR, the one its key opens, so that Asterisk itself refuses to register
 * any other. There is no row of a key without its credential.
 */
final class Tables {

  /** What the source of HA1s says of one algorithm. */
  private enum Outcome {
    FOUND,
    REFUSED,
    UNKNOWN
  }

  private final PbxSite site;
  private final AsteriskSettings settings;
  private final IssuedKeys keys;
  private final LatchkeyServices services;
  private final PromisedCredentials promised;

  Tables(
      PbxSite site,
      AsteriskSettings settings,
      IssuedKeys keys,
      LatchkeyServices services,
      PromisedCredentials promised) {
    this.promised = promised;
    this.site = site;
    this.settings = settings;
    this.keys = keys;
    this.services = services;
  }

  /**
   * The row of a table.
   *
   * @param sha256 whether this Asterisk knows more than MD5
   * @return without a body when there is none, or when it can't be known
   */
  DoorAnswer single(String table, String id, boolean sha256) {
    if (table.equals("ps_aors")) {
      return aor(id);
    }
    Optional<IssuedLine> line = keys.key(id);
    if (line.isEmpty()) {
      return none();
    }
    String promise = id + (sha256 ? " 22" : " 16");
    Map<DigestAlgorithm, Secret> credentials = new EnumMap<>(DigestAlgorithm.class);
    try {
      boolean isKnown = collect(line.get(), sha256, credentials);
      if (table.equals("ps_endpoints")) {
        if (isKnown && !credentials.isEmpty()) {
          promised.keep(promise, credentials);
        }
        return credentials.isEmpty() ? none() : endpoint(line.get());
      }
      if (!isKnown) {
        complete(credentials, promised.of(promise));
      }
      return credentials.isEmpty() ? none() : auth(line.get(), sha256, credentials);
    } finally {
      credentials.values().forEach(Secret::close);
    }
  }

  /**
   * Nothing: no row. Asterisk takes any body for a row, whatever the status is, and haproxy takes a
   * status of 500 and above for the end of Latchkey, which one phone's key is not to bring about.
   */
  static DoorAnswer none() {
    return DoorAnswer.of(200, "text/plain", Secret.ofText(""));
  }

  /**
   * Collects the HA1s that this Asterisk may compare with.
   *
   * @return false when there may be others, which can't be known; a key that is refused by one
   *     algorithm is known
   */
  private boolean collect(
      IssuedLine line, boolean sha256, Map<DigestAlgorithm, Secret> credentials) {
    Optional<Ha1Source> source = services.ha1Source();
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      if (source.isPresent()
          && (sha256 ? settings.algorithms().contains(algorithm) : algorithm == DigestAlgorithm.MD5)
          && algorithm.hexLength() >= line.least().hexLength()) {
        outcomes.add(
            source
                .get()
                .ha1(line.keyIdentifier(), line.aor(), site.realm(), algorithm)
                .fold(
                    found -> {
                      credentials.put(algorithm, found.ha1());
                      return Outcome.FOUND;
                    },
                    no -> Outcome.REFUSED,
                    unavailable -> Outcome.UNKNOWN));
      }
    }
    credentials.entrySet().removeIf(e -> e.getValue().length() != e.getKey().hexLength());
    return outcomes.contains(Outcome.REFUSED)
        || (source.isPresent() && !outcomes.contains(Outcome.UNKNOWN));
  }

  /** Takes over promised HA1s that are missing, and closes the others. */
  private static void complete(
      Map<DigestAlgorithm, Secret> credentials, Map<DigestAlgorithm, Secret> promised) {
    promised.forEach(
        (algorithm, secret) -> {
          if (credentials.putIfAbsent(algorithm, secret) != null) {
            secret.close();
          }
        });
  }

  private DoorAnswer endpoint(IssuedLine line) {
    try (Row row = new Row()) {
      return row.with("id", line.keyIdentifier())
          .with("auth", line.keyIdentifier())
          .with("aors", line.aor().toString())
          .with("context", "latchkey")
          .with("callerid", line.callerId())
          .with("disallow", "all")
          .with("allow", String.join(",", settings.codecs()))
          .with("identify_by", "auth_username,username")
          .with("direct_media", "no")
          .with("force_rport", "yes")
          .with("rewrite_contact", "yes")
          .with("rtp_symmetric", "yes")
          .with("trust_id_inbound", "no")
          .toAnswer();
    }
  }

  private DoorAnswer auth(
      IssuedLine line, boolean sha256, Map<DigestAlgorithm, Secret> credentials) {
    try (Row row = new Row()) {
      row.with("id", line.keyIdentifier())
          .with("username", line.keyIdentifier())
          .with("realm", site.realm());
      if (!sha256) {
        row.with("auth_type", "md5");
        credentials.values().forEach(ha1 -> row.with("md5_cred", "", ha1));
        return row.toAnswer();
      }
      row.with("auth_type", "digest")
          .with(
              "supported_algorithms_uas",
              String.join(",", credentials.keySet().stream().map(DigestAlgorithm::token).toList()));
      credentials.forEach((a, ha1) -> row.with("password_digest", a.token() + "%3A", ha1));
      return row.toAnswer();
    }
  }

  private DoorAnswer aor(String id) {
    int at = id.lastIndexOf('@');
    if (at < 1 || !site.domains().contains(id.substring(at + 1).toLowerCase(Locale.ROOT))) {
      return none();
    }
    Aor aor = new Aor(id.substring(0, at), id.substring(at + 1));
    int phones = keys.of(aor).size();
    if (phones == 0 || !aor.toString().equals(id)) {
      return none();
    }
    try (Row row = new Row()) {
      return row.with("id", id)
          .with("max_contacts", Integer.toString(phones))
          .with("remove_existing", "yes")
          .with("minimum_expiration", "60")
          .with("default_expiration", "600")
          .with("maximum_expiration", "600")
          .with("support_path", "no")
          .toAnswer();
    }
  }
}
