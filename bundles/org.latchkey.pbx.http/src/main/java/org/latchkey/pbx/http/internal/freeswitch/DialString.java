package org.latchkey.pbx.http.internal.freeswitch;

import java.util.Locale;
import java.util.Optional;
import org.latchkey.key.Aor;
import org.latchkey.pbx.http.internal.PbxSite;

/** How FreeSWITCH names the target of a permitted destination. */
final class DialString {

  private DialString() {}

  /**
   * The dial string of a target: a phone of the site where it is registered, anything else through
   * the profile of the trunk.
   *
   * @return empty when the target has a character that means something in a dial string
   */
  static Optional<String> of(String target, PbxSite site, FreeSwitchSettings settings) {
    if (!target.toLowerCase(Locale.ROOT).matches("sips?:[0-9a-z+*#._~@:;=\\[\\]-]+")
        || (target.contains("[") && !target.matches("[^\\[]*@\\[[0-9a-fA-F:.]+\\][^\\[\\]]*"))) {
      return Optional.empty();
    }
    Aor aor = Aor.ofUri(target, "");
    return Optional.of(
        site.domains().contains(aor.domain())
            ? "${sofia_contact(*/" + aor.user() + "@" + aor.domain() + ")}"
            : "sofia/" + settings.trunkProfile() + "/" + target);
  }
}
