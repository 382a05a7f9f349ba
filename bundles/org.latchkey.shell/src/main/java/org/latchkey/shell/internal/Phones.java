package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.latchkey.admission.Hold;
import org.latchkey.admission.Quarantine;
import org.latchkey.audit.PhoneNames;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;

/**
 * The phones of this node: issued keys, live registrations and holds brought together. Whichever of
 * the three is away is left out, so that a phone can be held while the agent is down.
 */
public final class Phones {

  private static final int MOST_CANDIDATES = 20;

  private final Parts parts;

  /** Phones as these parts know them. */
  public Phones(Parts parts) {
    this.parts = parts;
  }

  /** All phones: by the agent's order, then old phones and those that only a PBX knows. */
  public List<Phone> all() {
    List<KeyRecord> keys = parts.find(Enrolments.class).map(Enrolments::keys).orElse(List.of());
    return merged(keys, registrations());
  }

  /**
   * The phones that a text means: extension, AOR, device identifier in any spelling, network
   * address or key identifier.
   */
  public List<Phone> meant(String phone) {
    List<Registration> live = registrations();
    List<Registration> near = live.stream().filter(one -> means(phone, one)).toList();
    Map<String, KeyRecord> keys = new LinkedHashMap<>();
    parts
        .find(Enrolments.class)
        .ifPresent(
            agent -> {
              agent.find(phone).forEach(key -> keys.put(key.keyIdentifier(), key));
              for (Registration one : near) {
                if (!one.keyIdentifier().isEmpty() && !keys.containsKey(one.keyIdentifier())) {
                  agent
                      .find(one.keyIdentifier())
                      .forEach(key -> keys.put(key.keyIdentifier(), key));
                }
              }
            });
    List<Registration> theirs =
        live.stream()
            .filter(one -> near.contains(one) || keys.containsKey(one.keyIdentifier()))
            .toList();
    return merged(List.copyOf(keys.values()), theirs);
  }

  /**
   * The one phone that a text means among those that fit.
   *
   * @param fits what the command needs of it
   * @param need the same in words, as the end of a sentence that begins with the phone
   * @throws RequestRefusedException when none fits, or several do: it lists them
   */
  public Phone one(String phone, Predicate<Phone> fits, String need) {
    List<Phone> meant =
        meant(phone).stream().filter(one -> !one.keyIdentifier().isEmpty()).toList();
    List<Phone> fitting = meant.stream().filter(fits).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (fitting.size() > 1) {
      throw new RequestRefusedException(
          "Nothing was done: '%s' means %d phones. Name one by its key identifier:\n%s"
              .formatted(phone, fitting.size(), listed(fitting)));
    }
    if (meant.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was done: no phone with a key is known as '%s'. latchkey:phones lists them all.%s"
              .formatted(
                  phone,
                  parts.find(Enrolments.class).isPresent()
                      ? ""
                      : ' ' + parts.absent(Enrolments.class)));
    }
    throw new RequestRefusedException(
        "Nothing was done: no phone known as '%s' %s. latchkey:phone %s tells how it is:\n%s"
            .formatted(phone, need, phone, listed(meant)));
  }

  /** The one phone that a text means, by its newest key, which is not revoked. */
  public Phone live(String phone) {
    return one(phone, Phone::live, "has a key that is not revoked or replaced");
  }

  /** The keys that the same phone has from several generations, its own first. */
  public List<String> keysOf(Phone phone) {
    List<String> keys = new ArrayList<>(List.of(phone.keyIdentifier()));
    phone
        .record()
        .ifPresent(
            own ->
                meant(phone.aor().toString()).stream()
                    .flatMap(one -> one.record().stream())
                    .filter(key -> key.enrolment().equals(own.enrolment()))
                    .filter(key -> key.revocation().isEmpty())
                    .map(KeyRecord::keyIdentifier)
                    .filter(key -> !key.equals(phone.keyIdentifier()))
                    .forEach(keys::add));
    return keys;
  }

  private static String listed(List<Phone> phones) {
    String list =
        phones.stream()
            .limit(MOST_CANDIDATES)
            .map(phone -> "  " + phone.description() + "  " + phone.state())
            .collect(Collectors.joining("\n"));
    int more = phones.size() - MOST_CANDIDATES;
    return more > 0 ? list + "\n  and " + more + " more" : list;
  }

  private List<Registration> registrations() {
    return parts.all(PbxControl.class).stream()
        .flatMap(pbx -> pbx.registrations().stream())
        .toList();
  }

  private static boolean means(String phone, Registration one) {
    Set<String> names =
        PhoneNames.of(one.keyIdentifier(), one.aor().toString(), "", host(one.source()));
    return !Collections.disjoint(names, PhoneNames.meantBy(phone));
  }

  private static String host(String source) {
    int colon = source.lastIndexOf(':');
    String host = colon < 0 ? source : source.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private List<Phone> merged(List<KeyRecord> keys, List<Registration> registrations) {
    Optional<Quarantine> quarantine = parts.find(Quarantine.class);
    Map<String, List<Registration>> byPhone =
        registrations.stream()
            .collect(
                Collectors.groupingBy(Phones::phoneOf, LinkedHashMap::new, Collectors.toList()));
    List<Phone> phones = new ArrayList<>();
    for (KeyRecord key : keys) {
      List<Registration> own = byPhone.remove(key.keyIdentifier());
      phones.add(
          new Phone(
              key.keyIdentifier(),
              key.aor(),
              Optional.of(key),
              own == null ? List.of() : own,
              holds(quarantine, key.keyIdentifier())));
    }
    for (List<Registration> own : byPhone.values()) {
      Registration first = own.get(0);
      phones.add(
          new Phone(
              first.keyIdentifier(),
              first.aor(),
              Optional.empty(),
              own,
              holds(quarantine, first.keyIdentifier())));
    }
    return phones;
  }

  private static String phoneOf(Registration registration) {
    return registration.keyIdentifier().isEmpty()
        ? registration.aor().toString()
        : registration.keyIdentifier();
  }

  private static List<Hold> holds(Optional<Quarantine> quarantine, String keyIdentifier) {
    return keyIdentifier.isEmpty()
        ? List.of()
        : quarantine.map(one -> one.holds(keyIdentifier)).orElse(List.of());
  }
}
