package org.latchkey.pbx.reference.internal.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.pbx.reference.internal.message.NameAddr;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipUri;

/**
 * What a REGISTER asks for (RFC 3261 section 10.3): contacts to bind and to remove.
 *
 * @param removeAll whether it says {@code Contact: *}
 * @param contacts its contacts; none when it only asks
 */
record ContactOrder(boolean removeAll, List<Contact> contacts) {

  /** What a phone is granted that asks for nothing. */
  static final Duration USUAL = Duration.ofMinutes(10);

  private static final Duration LEAST = Duration.ofMinutes(1);

  /** The longest time that a phone is granted. */
  static final Duration MOST = Duration.ofHours(1);

  private static final int MAX_URI = 512;

  /**
   * One contact of a REGISTER.
   *
   * @param uri as written
   * @param target the same, read
   * @param instance its {@code +sip.instance}
   * @param granted for how long; zero to remove it
   */
  record Contact(String uri, SipUri target, String instance, Duration granted) {}

  /** Reads a REGISTER; empty when its contacts can't be read. */
  static Optional<ContactOrder> of(SipMessage register) {
    List<String> values = register.values("Contact");
    Optional<String> expires = register.header("Expires");
    if (values.contains("*")) {
      boolean alone = values.size() == 1 && expires.filter(e -> e.matches("0+")).isPresent();
      return alone ? Optional.of(new ContactOrder(true, List.of())) : Optional.empty();
    }
    List<Contact> contacts = new ArrayList<>();
    for (String value : values) {
      Optional<Contact> contact = contact(value, expires.orElse(""));
      if (contact.isEmpty() || contacts.size() == Bindings.MOST_PER_AOR) {
        return Optional.empty();
      }
      contacts.add(contact.get());
    }
    return Optional.of(new ContactOrder(false, contacts));
  }

  private static Optional<Contact> contact(String value, String expires) {
    Optional<NameAddr> address = NameAddr.of(value).filter(a -> a.uri().length() <= MAX_URI);
    Optional<SipUri> target = address.map(NameAddr::uri).flatMap(SipUri::of);
    if (address.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    String own = address.get().parameter("expires");
    return Optional.of(
        new Contact(
            address.get().uri(),
            target.get(),
            address.get().parameter("+sip.instance"),
            granted(own.isEmpty() ? expires : own)));
  }

  /** Zero stays zero; what can't be read counts as not given (RFC 3261 section 10.2.1.1). */
  private static Duration granted(String asked) {
    if (!asked.matches("\\d{1,10}")) {
      return USUAL;
    }
    long seconds = Long.parseLong(asked);
    if (seconds == 0) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Math.min(MOST.toSeconds(), Math.max(LEAST.toSeconds(), seconds)));
  }
}
