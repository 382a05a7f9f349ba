package org.latchkey.pbx.http.internal.freeswitch;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.door.DoorAnswer;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.pbx.http.internal.Form;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RejectionReason;

/**
 * The directory: whether FreeSWITCH may find the user of a digest. It does not compare that user
 * with the AOR that is registered or calls, so the HA1 it gets is the one for this AOR. The answer
 * is never cacheable: FreeSWITCH would take it for another AOR, and after the key was revoked.
 */
final class Directory {

  /** The fields that are read. */
  static final Set<String> FIELDS =
      Set.of(
          "section",
          "tag_name",
          "key_name",
          "key_value",
          "action",
          "key",
          "user",
          "domain",
          "ip",
          "sip_auth_username",
          "sip_auth_realm",
          "sip_auth_method",
          "sip_to_user",
          "sip_to_host",
          "sip_from_user",
          "sip_from_host");

  private final PbxSite site;
  private final DigestAlgorithm algorithm;
  private final Services services;
  private final Clock clock;

  Directory(PbxSite site, DigestAlgorithm algorithm, Services services, Clock clock) {
    this.site = site;
    this.algorithm = algorithm;
    this.services = services;
    this.clock = clock;
  }

  /** Whether the question is for the user of a digest with a key; all others are FreeSWITCH's. */
  static boolean isForAKey(Form form) {
    return form.get("action").equals("sip_auth")
        && form.get("tag_name").equals("domain")
        && form.get("key_name").equals("name")
        && form.get("key").equals("id")
        && form.get("user").equals(form.get("sip_auth_username"))
        && form.get("domain").equals(form.get("key_value"))
        && Names.isKeyIdentifier(form.get("user"));
  }

  DoorAnswer answer(Form form) {
    if (!isForAKey(form)) {
      return XmlAnswer.notFound();
    }
    String key = form.get("user");
    boolean register = form.get("sip_auth_method").equals("REGISTER");
    String user = form.get(register ? "sip_to_user" : "sip_from_user");
    String host = form.get(register ? "sip_to_host" : "sip_from_host");
    Optional<Aor> aor = Names.aor(user, host);
    if (aor.isEmpty() || form.get("sip_auth_method").isEmpty()) {
      return none(form, user + "@" + host, RejectionReason.MALFORMED);
    }
    if (!isServed(form) || !site.domains().contains(aor.get().domain())) {
      return none(form, aor.get().toString(), RejectionReason.FOREIGN_REALM);
    }
    Optional<Ha1Source> ha1Source = services.ha1Source();
    if (ha1Source.isEmpty()) {
      return FreeSwitchResource.unavailable();
    }
    Ha1Answer found = ha1Source.get().ha1(key, aor.get(), site.realm(), algorithm);
    return found.fold(
        ours -> user(form.get("domain"), key, aor.get(), ours.ha1()),
        no -> none(form, aor.get().toString(), no.reason()),
        unavailable -> FreeSwitchResource.unavailable());
  }

  /** The realm is the phone's word, unless it is ours; the domain may be made of it. */
  private boolean isServed(Form form) {
    String domain = form.get("domain");
    return form.get("sip_auth_realm").equals(site.realm())
        && (domain.equals(site.realm()) || site.domains().contains(domain));
  }

  private DoorAnswer user(String domain, String key, Aor aor, Secret ha1) {
    try (ha1) {
      if (ha1.length() != algorithm.hexLength()) {
        return FreeSwitchResource.unavailable();
      }
      Map<String, String> variables = new LinkedHashMap<>();
      variables.put("user_context", Dialplan.FIRST_CONTEXT);
      variables.put("latchkey_key", key);
      variables.put("latchkey_aor", aor.toString());
      return XmlAnswer.user(domain, key, ha1, variables);
    }
  }

  private DoorAnswer none(Form form, String aor, RejectionReason reason) {
    services.note(
        new PhoneEvent(
            clock.instant(),
            PhoneEvent.Kind.REFUSED,
            form.get("user"),
            aor,
            "",
            form.get("ip"),
            reason.words()));
    return XmlAnswer.notFound();
  }
}
