package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.status.StatusLine;

/** How a SIP proxy is, seen from here. */
final class ProxyStatus {

  private static final Duration NOTICE = Duration.ofDays(60);

  private final ProxyKind kind;
  private final PbxSite site;
  private final ProxySettings settings;
  private final Supplier<Template> today;

  /**
   * The status of a proxy.
   *
   * @param today what its configuration would be made of now
   */
  ProxyStatus(ProxyKind kind, PbxSite site, ProxySettings settings, Supplier<Template> today) {
    this.kind = kind;
    this.site = site;
    this.settings = settings;
    this.today = today;
  }

  /** The lines, the worst first. May block for up to 2 seconds. */
  List<StatusLine> lines(KeyedContacts proxy, Instant now) {
    List<StatusLine> lines = new ArrayList<>();
    try {
      lines.add(configuration(proxy.made()));
    } catch (IOException e) {
      lines.add(
          StatusLine.fault(
              "%s's RPC at %s can't be used, so revoked phones stay registered there: %s"
                  .formatted(kind.name(), settings.rpcAddress(), e.getMessage()),
              "Start %s, and compare rpcAddress in etc/org.latchkey.pbx.http.%s.cfg."
                  .formatted(kind.name(), kind.word())));
    }
    for (Map.Entry<String, Instant> certificate : site.certificatesSeen().entrySet()) {
      if (now.plus(NOTICE).isAfter(certificate.getValue())) {
        lines.add(
            StatusLine.warning(
                "The certificate '%s' of a PBX ends on %s; after that no phone registers there"
                    .formatted(
                        certificate.getKey(),
                        certificate.getValue().atZone(ZoneOffset.UTC).toLocalDate()),
                makeAnew()));
      }
    }
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return lines;
  }

  private StatusLine configuration(String made) {
    try {
      if (made.equals(today.get().mark())) {
        return StatusLine.ok(
            "%s answers at %s, with the settings of today"
                .formatted(kind.name(), settings.rpcAddress()));
      }
      return StatusLine.warning(
          kind.name() + "'s configuration was made of other settings, emergency numbers perhaps",
          makeAnew());
    } catch (RequestRefusedException e) {
      return StatusLine.warning(
          "Whether %s has the emergency numbers of today is not known: %s"
              .formatted(kind.name(), e.getMessage()),
          "Correct the file.");
    }
  }

  private String makeAnew() {
    return "Type latchkey:pbx-config %s DIRECTORY, bring the directory to %s, and restart it."
        .formatted(kind.word(), kind.name());
  }
}
