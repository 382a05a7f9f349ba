package org.latchkey.shell.internal;

import java.util.List;
import java.util.Locale;
import org.latchkey.key.Enrolments;
import org.latchkey.pbx.PbxControl;

/** Phones, for people and for programs. */
public final class PhoneList {

  private static final List<String> HEADINGS =
      List.of("AOR", "State", "From", "Device", "Line", "Name", "User-Agent", "Key identifier");

  private PhoneList() {}

  /** Prints them as a table, and says what it can't know. */
  public static void print(List<Phone> phones, Parts parts, Printout out) {
    if (phones.isEmpty()) {
      out.line("No phone is there. latchkey:enrol EXTENSION lets one in.");
    } else {
      Families families = new Families(parts);
      out.table(HEADINGS, phones.stream().map(phone -> row(phone, families)).toList());
    }
    if (parts.find(Enrolments.class).isEmpty()) {
      out.line("Only registered phones are shown. " + parts.absent(Enrolments.class));
    } else if (parts.find(PbxControl.class).isEmpty()) {
      out.line("Who is registered is not known. " + parts.absent(PbxControl.class));
    }
  }

  /** Prints them as JSON. */
  public static void json(List<Phone> phones, Printout out) {
    out.json(phones.stream().map(Phone::toMap).toList());
  }

  /** Whether each of the texts is part of its row, without regard to case. */
  public static boolean fits(Phone phone, Parts parts, List<String> filters) {
    String row = String.join("\n", row(phone, new Families(parts))).toLowerCase(Locale.ROOT);
    return filters.stream().allMatch(filter -> row.contains(filter.toLowerCase(Locale.ROOT)));
  }

  private static List<String> row(Phone phone, Families families) {
    return List.of(
        phone.aor().toString(),
        phone.state() + families.handicap(phone),
        phone.sources(),
        phone.device(),
        phone.line(),
        phone.displayName(),
        phone.userAgents(),
        phone.keyIdentifier());
  }
}
