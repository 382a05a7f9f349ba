package org.latchkey.pbx.http.internal.opensips;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.pbx.http.internal.proxy.Rpc;

/** Answers that an OpenSIPS 3.4.18 gave, by command and parameters; others are not there. */
final class RecordedOpenSips implements Rpc {

  static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private static final String CONTACT =
      "{\"Contact\":\"sip:1001@10.9.8.7:5070\",\"ContactID\":\"2202049111551649154\",\"Expires\":299,"
          + "\"Q\":\"\",\"Callid\":\"0.248\",\"Cseq\":4,\"User-agent\":\"n/a\","
          + "\"Received\":\"sip:127.0.0.1:49531\",\"State\":\"CS_NEW\",\"Flags\":0,\"Cflags\":\"\","
          + "\"Socket\":\"udp:127.0.0.1:5560\",\"Methods\":4294967295,\"Attr\":\""
          + KEY
          + ";1795706797\"}";

  private static final String OLD =
      CONTACT.replace(KEY + ";", "old;").replace("10.9.8.7", "10.9.8.8").replace("n/a", "Old 1.0");

  final List<String> calls = new ArrayList<>();
  final Map<String, String> answers = new LinkedHashMap<>();
  boolean reachable = true;
  Runnable beforeRemoving = () -> {};

  /** One phone with a key and one old phone at the same AOR. */
  static RecordedOpenSips withAPhone() {
    RecordedOpenSips openSips = new RecordedOpenSips();
    String both = "\"Contacts\":[" + CONTACT + "," + OLD + "]}";
    openSips.answers.put(
        "ul_dump []",
        "{\"Domains\":[{\"name\":\"location\",\"hash_size\":512,\"AORs\":[{\"AOR\":\"1001@localhost\","
            + both
            + ",{\"AOR\":\"no-domain\","
            + both.replace(KEY, "old")
            + "]}]}");
    openSips.answers.put(
        "ul_show_contact [location, 1001@localhost]", "{\"AOR\":\"1001@localhost\"," + both);
    openSips.answers.put(
        "cache_fetch [local:latchkey, a" + KEY + "]",
        "{\"key\":\"a" + KEY + "\",\"value\":\"sip:1001@localhost\"}");
    openSips.answers.put(
        "ul_rm_contact [location, 1001@localhost, sip:1001@10.9.8.7:5070]", "\"OK\"");
    return openSips;
  }

  @Override
  public Optional<Object> call(String method, List<?> params) throws IOException {
    if (!reachable) {
      throw new IOException("Connection refused");
    }
    calls.add(method + " " + params);
    if (method.equals("ul_rm_contact")) {
      beforeRemoving.run();
    }
    String answer = answers.get(method + " " + params);
    return answer == null ? Optional.empty() : Optional.of(JSON.std.anyFrom(answer));
  }

  /** The commands that changed something. */
  List<String> changes() {
    return calls.stream().filter(call -> call.matches("(?s)(ul_rm|dlg_end|raise).*")).toList();
  }
}
