package org.latchkey.registrar.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.latchkey.pbx.PbxControl;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.PublicPart;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** How this registrar node is, from memory, and what its administrator does next. */
@Component(immediate = true, configurationPid = "org.latchkey.registrar")
@Designate(ocd = RegistrarConfiguration.class)
public final class RegistrarStatus implements StatusSource {

  private static final int MOST_DAYS = 3650;

  private final NodeCustody custody;
  private final List<PbxControl> pbxs;
  private final Duration staleAfter;
  private final Clock clock;

  /** The service. */
  @Activate
  public RegistrarStatus(@Reference Node registrar, RegistrarConfiguration configuration) {
    this(registrar.custody(), registrar.pbxs(), configuration.staleAfterDays(), Clock.systemUTC());
  }

  RegistrarStatus(NodeCustody custody, List<PbxControl> pbxs, int staleAfterDays, Clock clock) {
    if (staleAfterDays < 1 || staleAfterDays > MOST_DAYS) {
      throw new IllegalArgumentException("staleAfterDays is a number from 1 to 3650");
    }
    this.custody = custody;
    this.pbxs = pbxs;
    this.staleAfter = Duration.ofDays(staleAfterDays);
    this.clock = clock;
  }

  @Override
  public String part() {
    return "registrar node";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    Standing standing = custody.standing();
    standing
        .contents()
        .ifPresentOrElse(
            contents -> lines.addAll(inForce(contents, standing)),
            () -> lines.add(without(standing)));
    standing
        .refusal()
        .ifPresent(
            refusal ->
                lines.add(
                    standing.contents().isPresent()
                        ? StatusLine.warning(refusal.words(), refusal.next())
                        : StatusLine.fault(refusal.words(), refusal.next())));
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return List.copyOf(lines);
  }

  private static StatusLine without(Standing standing) {
    String words = "No phone can register here: " + standing.unavailable().orElse("");
    return standing
        .node()
        .map(
            node ->
                StatusLine.fault(
                    words,
                    "At the key agent type latchkey:registrar-export %s FILE, and bring FILE to latchkey/registrar/export.sealed, chmod 600. This node's fingerprint is %s"
                        .formatted(node.text(), node)))
        .orElseGet(() -> StatusLine.fault(words, "Put right what it names; this node looks again"));
  }

  private List<StatusLine> inForce(Contents contents, Standing standing) {
    List<StatusLine> lines = new ArrayList<>();
    Duration age = Duration.between(contents.takenAt(), clock.instant());
    lines.add(
        StatusLine.ok(
            "Export %d of %s, %s old, is in force: generations %s check, %d keys are revoked, %d holds; agent %s, node %s"
                .formatted(
                    contents.number(),
                    contents.takenAt(),
                    words(age),
                    contents.generations().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")),
                    contents.revoked().size(),
                    contents.holds().size(),
                    standing.agent().map(PublicPart::fingerprint).orElse(""),
                    standing.node().map(PublicPart::fingerprint).orElse(""))));
    if (age.compareTo(staleAfter) > 0) {
      lines.add(
          StatusLine.warning(
              "The export in force is %s old: what was revoked or held at the key agent since then is not known here"
                  .formatted(words(age)),
              "Bring a new one: latchkey:registrar-export at the key agent, with the key in latchkey/registrar/node.pub"));
    }
    pbxs.stream()
        .filter(pbx -> !contents.realms().contains(pbx.realm()))
        .forEach(pbx -> lines.add(otherRealm(pbx, contents)));
    return lines;
  }

  private static StatusLine otherRealm(PbxControl pbx, Contents contents) {
    return StatusLine.warning(
        "The PBX %s challenges with the realm '%s', keys are issued for '%s'"
            .formatted(pbx.name(), pbx.realm(), String.join("', '", contents.realms())),
        "Give the PBX the realm of the key agent, in its own settings");
  }

  private static String words(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    return age.toHours() > 1 ? age.toHours() + " hours" : Math.max(0, age.toMinutes()) + " minutes";
  }
}
