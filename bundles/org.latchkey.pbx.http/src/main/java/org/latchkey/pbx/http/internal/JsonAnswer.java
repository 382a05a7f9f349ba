package org.latchkey.pbx.http.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Secret;

/** The answers, each one JSON object. */
final class JsonAnswer {

  private static final String JSON_TYPE = "application/json";

  private JsonAnswer() {}

  /** An answer without a secret in it. */
  static DoorAnswer of(Map<String, ?> fields) {
    try {
      return DoorAnswer.of(200, JSON_TYPE, Secret.copyOf(JSON.std.asBytes(fields)));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** The HA1 for an AOR; it never becomes a string. */
  static DoorAnswer ha1(String aor, Secret ha1) {
    byte[] start =
        ("{\"result\":\"found\",\"aor\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(aor))
                + "\",\"ha1\":\"")
            .getBytes(StandardCharsets.UTF_8);
    byte[] hex = ha1.copy();
    byte[] all = Arrays.copyOf(start, start.length + hex.length + 2);
    try {
      System.arraycopy(hex, 0, all, start.length, hex.length);
      all[all.length - 2] = '"';
      all[all.length - 1] = '}';
      return DoorAnswer.of(200, JSON_TYPE, Secret.copyOf(all));
    } finally {
      Arrays.fill(hex, (byte) 0);
      Arrays.fill(all, (byte) 0);
    }
  }

  /** Our own fault: the PBX answers 503 with Retry-After. Never a yes, never a no. */
  static DoorAnswer unavailable() {
    return DoorAnswer.problem(
            503,
            "Not known at present",
            "Answer the phone with 503; latchkey:status tells the administrator why")
        .with("Retry-After", "5");
  }
}
