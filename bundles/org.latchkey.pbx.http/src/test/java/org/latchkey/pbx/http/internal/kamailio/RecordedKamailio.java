package org.latchkey.pbx.http.internal.kamailio;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.pbx.http.internal.proxy.Rpc;

/** Answers that a Kamailio 5.6.3 gave, by command and parameters; others are not there. */
final class RecordedKamailio implements Rpc {

  static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  static final String CONTACT =
      "{\"Contact\":{\"Address\":\"sip:1001@127.0.0.1:34335\",\"Expires\":291,\"Q\":0,"
          + "\"Call-ID\":\"c698\",\"CSeq\":2,\"User-Agent\":\"n/a\",\"Received\":\"sip:127.0.0.1:34335\","
          + "\"Path\":\"[not set]\",\"State\":\"CS_NEW\",\"Socket\":\"udp:127.0.0.1:25060\","
          + "\"Ruid\":\"uloc-1\",\"Instance\":\"[not set]\",\"Last-Modified\":1795667457}}";

  private static final String OTHER = CONTACT.replace("uloc-1", "uloc-2").replace("34335", "34336");

  final List<String> calls = new ArrayList<>();
  final Map<String, String> answers = new LinkedHashMap<>();
  boolean reachable = true;

  /** One phone with a key and one old phone at the same AOR. */
  static RecordedKamailio withAPhone() {
    RecordedKamailio kamailio = new RecordedKamailio();
    kamailio.answers.put(
        "ul.dump []",
        "{\"Domains\":[{\"Domain\":{\"Domain\":\"location\",\"Size\":1024,\"AoRs\":[{\"Info\":{\"AoR\":\"1001@localhost\",\"HashID\":1,\"Contacts\":["
            + CONTACT
            + ","
            + OTHER
            + "]}},{\"Info\":{\"AoR\":\"no-domain\",\"HashID\":2,\"Contacts\":["
            + OTHER
            + "]}}],\"Stats\":{\"Records\":2}}}]}");
    kamailio.answers.put(
        "ul.lookup [location, 1001@localhost]",
        "{\"AoR\":\"1001@localhost\",\"Contacts\":[" + CONTACT + "," + OTHER + "]}");
    kamailio.answers.put("htable.dump [latchkey_key]", slot("uloc-1", KEY));
    kamailio.answers.put("htable.dump [latchkey_aor]", slot(KEY, "1001@localhost"));
    kamailio.answers.put("htable.get [latchkey_key, uloc-1]", item("uloc-1", KEY));
    kamailio.answers.put("htable.get [latchkey_aor, " + KEY + "]", item(KEY, "1001@localhost"));
    return kamailio;
  }

  /** The phone's contact holds what is no text. */
  void withAnUnreadableContact() {
    answers.replaceAll((question, answer) -> answer.replace("34335", "34335;x=\ufffd"));
  }

  private static String slot(String name, String value) {
    return "[{\"entry\":3412,\"size\":1,\"slot\":[{\"name\":\"%s\",\"value\":\"%s\",\"type\":\"str\"}]}]"
        .formatted(name, value);
  }

  private static String item(String name, String value) {
    return "{\"item\":{\"name\":\"%s\",\"value\":\"%s\",\"flags\":2}}".formatted(name, value);
  }

  @Override
  public Optional<Object> call(String method, List<?> params) throws IOException {
    if (!reachable) {
      throw new IOException("Connection refused");
    }
    calls.add(method + " " + params);
    String answer = answers.get(method + " " + params);
    return answer == null ? Optional.empty() : Optional.of(JSON.std.anyFrom(answer));
  }

  /** The commands that changed something. */
  List<String> changes() {
    return calls.stream()
        .filter(call -> call.matches("(?s)(ul.rm|htable.delete|dlg.end|tm.).*"))
        .toList();
  }
}
