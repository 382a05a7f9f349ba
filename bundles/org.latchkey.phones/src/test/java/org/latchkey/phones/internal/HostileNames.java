package org.latchkey.phones.internal;

import java.util.List;
import java.util.Random;

/** Names that nobody has, made of what means something in the files of phones. */
final class HostileNames {

  private static final int LONGEST = 64 * 1024;

  /** Where fields, lines, elements and references begin and end in any of the formats. */
  private static final List<String> MEANINGS =
      List.of(
          "\"",
          "'",
          "<",
          ">",
          "&",
          "\\",
          "\n",
          "\r\n",
          "\r",
          "\t",
          "=",
          ":",
          ";",
          "#",
          "%",
          ",",
          "]]>",
          "<![CDATA[",
          "<!--",
          "-->",
          "<?",
          "?>",
          "&#10;",
          "&quot;",
          "&amp;",
          "</entry>",
          "</section>",
          "</settings>",
          "/>",
          "${",
          "}",
          "{secret}",
          "{{",
          "#{",
          "$MA",
          "%NULL%",
          "SET ADMIN_PASSWORD \"0\"",
          "GET evil.txt",
          "IF $A SEQ B GOTO C",
          "\"\n",
          "\u0000",
          "\u0001",
          "\u001b[2J",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u2029",
          "\u202e",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\ud83d",
          "\ude00",
          "😀",
          "ü",
          "漢",
          " ",
          "a",
          "Anna",
          "account.1.password = x",
          "admin password: 1",
          ";auth_pass=x",
          "ADMIN_PASS=\"0\"",
          " evil=\"1\"",
          "\n[sip]\nroot_ca=/x");

  private final Random random;

  HostileNames(long seed) {
    random = new Random(seed);
  }

  /** The next one: a few meanings, now and then very many. */
  String next() {
    int parts = random.nextInt(500) == 0 ? LONGEST : 1 + random.nextInt(12);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < parts && name.length() < LONGEST; i++) {
      if (random.nextInt(8) == 0) {
        name.append((char) random.nextInt(Character.MAX_VALUE + 1));
      } else {
        name.append(MEANINGS.get(random.nextInt(MEANINGS.size())));
      }
    }
    return name.toString();
  }
}
