package org.latchkey.pbx.http.internal.freeswitch;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * FreeSWITCH's calls. A call of a phone has its key in {@code latchkey_key}; our dialplan takes
 * that away from a call to a permitted destination.
 */
final class Calls {

  private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private Calls() {}

  /**
   * Ends the calls that a key makes.
   *
   * @return how many there were
   */
  static int hangUp(EventSocket commands, String keyIdentifier) throws IOException {
    int ended = 0;
    Map<String, Object> answer;
    try {
      answer = JSON.std.mapFrom(commands.api("show channels as json"));
    } catch (RuntimeException e) {
      throw new IOException("FreeSWITCH does not list its channels", e);
    }
    if (answer != null && answer.get("rows") instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof Map<?, ?> channel
            && channel.get("uuid") instanceof String uuid
            && uuid.matches(UUID)
            && "inbound".equals(channel.get("direction"))
            && isOf(commands, uuid, keyIdentifier)) {
          commands.api("uuid_kill " + uuid);
          ended++;
        }
      }
    }
    return ended;
  }

  /** Whether a channel is of a key; not so when it has ended meanwhile. */
  private static boolean isOf(EventSocket commands, String uuid, String keyIdentifier) {
    try {
      return commands.api("uuid_getvar " + uuid + " latchkey_key").strip().equals(keyIdentifier);
    } catch (IOException e) {
      return false;
    }
  }
}
