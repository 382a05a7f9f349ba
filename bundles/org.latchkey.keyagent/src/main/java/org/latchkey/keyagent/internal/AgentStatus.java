package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.pbx.PbxControl;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the key generating agent is, from memory. */
@Component(immediate = true)
public final class AgentStatus implements StatusSource {

  private final Parts parts;

  /** The service. */
  @Activate
  public AgentStatus(@Reference Agent agent) {
    this(agent.parts());
  }

  AgentStatus(Parts parts) {
    this.parts = parts;
  }

  @Override
  public String part() {
    return "key agent";
  }

  @Override
  public List<StatusLine> status() {
    List<StatusLine> lines = new ArrayList<>();
    Standing standing = parts.custody().standing();
    if (standing.checking().isPresent()) {
      lines.add(
          StatusLine.fault(
              "No key is issued or checked: " + standing.checking().get(),
              "Put right what it names; the agent looks again every other second"));
    } else if (standing.issuing().isPresent()) {
      lines.add(
          StatusLine.fault(
              "Keys are checked from memory, none is issued: " + standing.issuing().get(),
              "Put right what it names before the next restart"));
    } else if (standing.roster().issuing().isEmpty()) {
      lines.add(
          StatusLine.fault(
              "Keys are checked, none is issued: no generation issues", "Type latchkey:rotate"));
    } else {
      lines.add(StatusLine.ok(well(standing.roster())));
    }
    leftBehind().ifPresent(lines::add);
    missing(standing).forEach(number -> lines.add(missing(number)));
    parts.checks().unwiped().forEach((number, why) -> lines.add(unwiped(number, why)));
    standing.roster().verifyingCompromised().forEach(number -> lines.add(compromised(number)));
    standing
        .note()
        .ifPresent(
            note -> lines.add(StatusLine.warning(note, "See latchkey:audit for what was done")));
    parts
        .revocations()
        .fault()
        .ifPresent(
            fault ->
                lines.add(
                    StatusLine.fault(fault, "Make room or give the folder back to its owner")));
    int waiting = parts.registrations().waiting();
    if (waiting > 0 && standing.issuing().isPresent()) {
      lines.add(
          StatusLine.warning(
              waiting + " first registrations wait for the store", "Bring the store back"));
    }
    parts.neighbours().pbxs().stream()
        .filter(pbx -> !parts.settings().realms().contains(pbx.realm()))
        .map(this::otherRealm)
        .forEach(lines::add);
    lines.sort(Comparator.comparing(StatusLine::level).reversed());
    return List.copyOf(lines);
  }

  private String well(Roster roster) {
    return "Generation "
        + roster.issuing().orElseThrow()
        + " issues, "
        + parts.custody().generations().size()
        + " in all check; "
        + parts.revocations().size()
        + " keys are revoked";
  }

  private Optional<StatusLine> leftBehind() {
    try {
      String name = parts.place().name();
      return parts
          .place()
          .leftBehind()
          .map(
              files ->
                  StatusLine.warning(
                      "The master keys are in '%s', and %s has a copy".formatted(name, files),
                      "Type latchkey:custody --move %s again: it removes that".formatted(name)));
    } catch (IOException e) {
      // What can't be read is in the standing already.
      return Optional.empty();
    }
  }

  /** Generations whose phones can't be checked, since their key is not here. */
  private static Set<Integer> missing(Standing standing) {
    Set<Integer> numbers = new TreeSet<>(standing.roster().states().keySet());
    numbers.removeIf(standing.roster()::isDestroyed);
    standing.keys().ifPresent(keys -> numbers.removeAll(keys.generations()));
    return numbers;
  }

  private static StatusLine missing(int generation) {
    return StatusLine.fault(
        "The master key of generation %d is missing: its phones don't register"
            .formatted(generation),
        "Bring back the files or the token that have it; if it was destroyed, type latchkey:retire"
            + " %1$d --force and latchkey:retire %1$d --destroy".formatted(generation));
  }

  private static StatusLine unwiped(int generation, String why) {
    return StatusLine.fault(
        "Generation %d is destroyed, and %s".formatted(generation, why),
        "Put that right, and type latchkey:retire %d --destroy again".formatted(generation));
  }

  private static StatusLine compromised(int generation) {
    return StatusLine.warning(
        "Generation %d is compromised, and its keys still register; their phones are held"
            .formatted(generation),
        "Let its phones fetch, as latchkey:generations counts them, then type latchkey:retire %1$d"
                .formatted(generation)
            + " and latchkey:retire %1$d --destroy".formatted(generation));
  }

  private StatusLine otherRealm(PbxControl pbx) {
    return StatusLine.warning(
        "The PBX "
            + pbx.name()
            + " challenges with the realm '"
            + pbx.realm()
            + "', keys are issued for '"
            + String.join("', '", parts.settings().realms())
            + "'",
        "Give both the same realm, in etc/org.latchkey.keyagent.cfg or in the PBX's settings");
  }
}
