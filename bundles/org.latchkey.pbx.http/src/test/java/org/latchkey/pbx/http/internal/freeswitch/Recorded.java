package org.latchkey.pbx.http.internal.freeswitch;

import static org.latchkey.pbx.http.internal.freeswitch.TestSite.KEY;

import java.util.LinkedHashMap;
import java.util.Map;

/** What FreeSWITCH 1.10.12 asked when phones registered and called through it. */
final class Recorded {

  private Recorded() {}

  /** A phone registers 1001 with a key: what comes after the challenge. */
  static Map<String, String> register() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("hostname", "fs");
    fields.put("section", "directory");
    fields.put("tag_name", "domain");
    fields.put("key_name", "name");
    fields.put("key_value", "latchkey");
    fields.put("Event-Name", "REQUEST_PARAMS");
    fields.put("Core-UUID", "5bd34f0e-6a0f-4a76-9b1b-1d8a25a0a6a1");
    fields.put("Event-Date-Local", "2026-11-25 10:11:12");
    fields.put("Event-Calling-File", "sofia_reg.c");
    fields.put("action", "sip_auth");
    fields.put("sip_profile", "internal");
    fields.put("sip_user_agent", "phone/1.0 (a=b&c)");
    fields.put("sip_auth_username", KEY);
    fields.put("sip_auth_realm", "latchkey");
    fields.put("sip_auth_nonce", "a0a6a1f2-6a0f-4a76-9b1b-5bd34f0e1d8a");
    fields.put("sip_auth_uri", "sip:pbx.test");
    fields.put("sip_contact_user", "1001");
    fields.put("sip_contact_host", "192.0.2.1");
    fields.put("sip_to_user", "1001");
    fields.put("sip_to_host", "pbx.test");
    fields.put("sip_via_protocol", "udp");
    fields.put("sip_from_user", "1001");
    fields.put("sip_from_host", "pbx.test");
    fields.put("sip_call_id", "c1@192.0.2.1");
    fields.put("sip_request_host", "pbx.test");
    fields.put("sip_auth_qop", "auth");
    fields.put("sip_auth_cnonce", "cn");
    fields.put("sip_auth_nc", "00000001");
    fields.put("sip_auth_response", "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f");
    fields.put("sip_auth_method", "REGISTER");
    fields.put("client_port", "5060");
    fields.put("key", "id");
    fields.put("user", KEY);
    fields.put("domain", "latchkey");
    fields.put("ip", "192.0.2.1");
    return fields;
  }

  /** The same phone calls 1002. */
  static Map<String, String> invite() {
    Map<String, String> fields = register();
    fields.put("sip_auth_method", "INVITE");
    fields.put("sip_auth_uri", "sip:1002@pbx.test");
    fields.put("sip_to_user", "1002");
    return fields;
  }

  /** The call has come through our file, and asks where it goes. */
  static Map<String, String> call() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("hostname", "fs");
    fields.put("section", "dialplan");
    fields.put("tag_name", "");
    fields.put("key_name", "");
    fields.put("key_value", "");
    fields.put("Event-Name", "REQUEST_PARAMS");
    fields.put("Channel-State", "CS_ROUTING");
    fields.put("Caller-Username", "1001");
    fields.put("Caller-Dialplan", "XML");
    fields.put("Caller-Caller-ID-Name", "Anna & \"Co\" <1001>");
    fields.put("Caller-Network-Addr", "192.0.2.1");
    fields.put("Caller-Destination-Number", "1002");
    fields.put("Caller-Context", "latchkey");
    fields.put("variable_sip_auth_username", KEY);
    fields.put("variable_sip_authorized", "true");
    fields.put("variable_latchkey_key", KEY);
    fields.put("variable_latchkey_aor", "1001@pbx.test");
    fields.put("variable_sip_call_id", "c2@192.0.2.1");
    fields.put("variable_sip_req_host", "pbx.test");
    fields.put("Hunt-Destination-Number", "1002");
    fields.put("Hunt-Context", "latchkey-admission");
    return fields;
  }
}
