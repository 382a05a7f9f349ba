package org.latchkey.audit.internal;

import java.util.Set;
import java.util.stream.Stream;
import org.latchkey.audit.PhoneEvent;

/**
 * What is remembered of one phone, or of one address that no phone was proved at. Proved and
 * unproved events are kept apart: whoever sends forged ones pushes only forged ones out.
 */
final class Phone {

  private final EventRing proved;
  private final EventRing unproved;
  private String keyIdentifier = "";
  private String aor = "";
  private String device = "";
  private String source = "";

  /** A phone with up to {@code events} proved ones and half as many others. */
  Phone(int events) {
    proved = new EventRing(events);
    unproved = new EventRing(Math.max(1, events / 2));
  }

  void addProved(PhoneEvent event) {
    keyIdentifier = kept(keyIdentifier, event.keyIdentifier());
    aor = kept(aor, event.aor());
    device = kept(device, event.device());
    source = kept(source, event.source());
    proved.add(sharingTexts(event));
  }

  void addUnproved(PhoneEvent event) {
    unproved.add(sharingTexts(event));
  }

  /** Its events, in no order: all if one of {@code names} is its own by proof, or those with it. */
  Stream<PhoneEvent> named(Set<String> names) {
    Stream<PhoneEvent> all = Stream.concat(proved.events(), unproved.events());
    return isAny(names, keyIdentifier, aor, device, source)
        ? all
        : all.filter(e -> isAny(names, e.keyIdentifier(), e.aor(), e.device(), e.source()));
  }

  private static boolean isAny(Set<String> names, String key, String aor, String dev, String src) {
    return names.contains(key)
        || names.contains(aor)
        || names.contains(dev)
        || names.contains(src)
        || names.contains(user(aor));
  }

  private static String user(String aor) {
    int at = aor.lastIndexOf('@');
    return at < 0 ? aor : aor.substring(0, at);
  }

  /** The newer text, or the older one when they are equal or the newer says nothing. */
  private static String kept(String before, String now) {
    return now.isEmpty() || now.equals(before) ? before : now;
  }

  /** The same event with this phone's own texts where they are equal: memory is for events. */
  private PhoneEvent sharingTexts(PhoneEvent e) {
    return new PhoneEvent(
        e.at(),
        e.kind(),
        keyIdentifier.equals(e.keyIdentifier()) ? keyIdentifier : e.keyIdentifier(),
        aor.equals(e.aor()) ? aor : e.aor(),
        device.equals(e.device()) ? device : e.device(),
        source.equals(e.source()) ? source : e.source(),
        e.words());
  }
}
