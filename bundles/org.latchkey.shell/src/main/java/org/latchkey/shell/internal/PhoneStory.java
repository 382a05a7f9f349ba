package org.latchkey.shell.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.audit.PhoneJournal;

/**
 * The last events of a phone in words: what the audit log proves and what the journal remembers.
 */
public final class PhoneStory {

  /** An entry and an event this near each other speak of the same thing. */
  private static final Duration SAME = Duration.ofSeconds(2);

  /** A phone that had many keys is known by the newest of them. */
  private static final int MOST_NAMES = 8;

  /**
   * One line of the story.
   *
   * @param at when
   * @param words what happened, in one sentence
   */
  public record Line(Instant at, String words) {}

  private final Parts parts;

  /** Stories as these parts know them. */
  public PhoneStory(Parts parts) {
    this.parts = parts;
  }

  /** The last lines of a phone's story, the latest last. */
  public List<Line> of(String phone, int limit) {
    Set<String> names = names(phone);
    List<AuditEntry> entries = entries(names, limit);
    List<PhoneEvent> events = events(names, limit);
    List<Line> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(new Line(entry.at(), words(entry))));
    events.stream()
        .filter(event -> entries.stream().noneMatch(entry -> same(entry, event)))
        .forEach(event -> lines.add(new Line(event.at(), words(event))));
    lines.sort(Comparator.comparing(Line::at));
    return lines.subList(Math.max(0, lines.size() - limit), lines.size());
  }

  private Set<String> names(String phone) {
    Set<String> names = new LinkedHashSet<>();
    names.add(phone);
    new Phones(parts)
        .meant(phone).stream()
            .map(Phone::keyIdentifier)
            .filter(key -> !key.isEmpty())
            .limit(MOST_NAMES)
            .forEach(names::add);
    return names;
  }

  private List<AuditEntry> entries(Set<String> names, int limit) {
    return parts.find(AuditLog.class).stream()
        .flatMap(
            log ->
                names.stream()
                    .flatMap(name -> log.search(new AuditQuery(name, "", 0, limit)).stream()))
        .distinct()
        .map(AuditRecord::entry)
        .toList();
  }

  private List<PhoneEvent> events(Set<String> names, int limit) {
    return parts.find(PhoneJournal.class).stream()
        .flatMap(journal -> names.stream().flatMap(name -> journal.recent(name, limit).stream()))
        .distinct()
        .toList();
  }

  private static boolean same(AuditEntry entry, PhoneEvent event) {
    return subject(event).anyMatch(entry.action()::equals)
        && (entry.keyIdentifier().equals(event.keyIdentifier()) || event.keyIdentifier().isEmpty())
        && Duration.between(entry.at(), event.at()).abs().compareTo(SAME) <= 0;
  }

  private static Stream<String> subject(PhoneEvent event) {
    return switch (event.kind()) {
      case FETCHED -> Stream.of("key.issued", "key.fetched");
      case REVOKED -> Stream.of("key.revoked", "key.assigned");
      case HELD -> Stream.of("phone.held", "phone.awaits-approval");
      case RELEASED -> Stream.of("phone.released", "phone.approved");
      case CALL_PERMITTED -> Stream.of("call.permitted");
      default -> Stream.empty();
    };
  }

  private static String words(AuditEntry entry) {
    String detail = entry.detail().isEmpty() ? "" : ": " + entry.detail();
    return done(entry.action(), entry.actor()) + from(entry.source()) + detail;
  }

  private static String done(String action, String actor) {
    return switch (action) {
      case "enrolment.created" -> actor + " enrolled it";
      case "enrolment.imported" -> actor + " enrolled it from a file";
      case "enrolment.cancelled" -> actor + " cancelled its enrolment";
      case "key.issued" -> "it was given its key";
      case "key.fetched" -> "it fetched its key again";
      case "key.revoked" -> actor + " revoked its key";
      case "key.assigned" -> actor + " gave it another extension";
      case "phone.held" -> actor + " held it";
      case "phone.released" -> actor + " released it";
      case "phone.approved" -> actor + " approved it";
      case "phone.awaits-approval" -> "it began to wait for approval";
      case "call.permitted" -> actor + " called a permitted destination";
      default -> actor + " did " + action;
    };
  }

  private static String words(PhoneEvent event) {
    String who =
        Stream.of(event.aor(), event.device(), event.keyIdentifier(), event.source())
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse("a phone");
    return "%s %s%s".formatted(who, event.words(), from(event.source()));
  }

  private static String from(String source) {
    return source.isEmpty() ? "" : " (from " + source + ")";
  }
}
