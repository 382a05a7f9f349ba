package org.latchkey.audit.internal.syslog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.internal.chain.Canonical;

/**
 * A record as a syslog message (RFC 5424, section 6), with its length before it (RFC 5425, section
 * 4.3.1). All fields are there, so that whoever gets them can follow the chain: the time is the
 * message's, the detail its text, the others are structured data. Fields are written as in the
 * file: a line feed in one begins no line of the collector's.
 */
final class SyslogMessage {

  /** Facility 13, log audit; severity 5, notice. */
  private static final int PRIORITY = 13 * 8 + 5;

  private static final int LONGEST_MESSAGE_ID = 32;
  private static final List<String> NAMES =
      List.of("number", "", "actor", "action", "keyIdentifier", "aor", "device", "source");
  private static final int TIME = 1;
  private static final int DETAIL = 8;

  private SyslogMessage() {}

  /** The frame of a record. */
  static byte[] frame(ChainedRecord record, String node) {
    List<String> fields =
        Canonical.fields(record.number(), record.entry()).stream().map(Canonical::escaped).toList();
    StringBuilder message = new StringBuilder();
    message.append(
        "<%d>1 %s %s latchkey %d %s "
            .formatted(
                PRIORITY, fields.get(TIME), node, ProcessHandle.current().pid(), id(record)));
    message.append("[latchkey@32473");
    for (int i = 0; i < NAMES.size(); i++) {
      if (i != TIME) {
        parameter(NAMES.get(i), fields.get(i), message);
      }
    }
    parameter("hash", record.hash(), message);
    message.append("] \uFEFF").append(fields.get(DETAIL));
    byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
    byte[] length = (bytes.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[length.length + bytes.length];
    System.arraycopy(length, 0, frame, 0, length.length);
    System.arraycopy(bytes, 0, frame, length.length, bytes.length);
    return frame;
  }

  private static String id(ChainedRecord record) {
    String id = record.entry().action().replaceAll("[^!-~]", "_");
    return id.isEmpty() ? "-" : id.substring(0, Math.min(LONGEST_MESSAGE_ID, id.length()));
  }

  private static void parameter(String name, String value, StringBuilder message) {
    message.append(' ').append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || c == ']') {
        message.append('\\');
      }
      message.append(c);
    }
    message.append('"');
  }
}
