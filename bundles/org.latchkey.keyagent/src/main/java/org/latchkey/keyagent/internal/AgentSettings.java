package org.latchkey.keyagent.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.latchkey.key.Aor;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Registrar;

/**
 * The settings, checked.
 *
 * @param enterprise the name that enters every key
 * @param realms the realms that are served, the one of new keys first
 * @param domains the domains that are served in lower case, the default first
 * @param registrar where phones register
 * @param window how long a device may fetch its key, 1 minute to 30 days
 * @param wrongTriesPerMinute how many wrong credentials an address may send in a minute
 * @param checkSyncsPerSecond how many phones are told in a second to fetch their next key
 * @param keeping where master keys are kept
 */
record AgentSettings(
    String enterprise,
    List<String> realms,
    List<String> domains,
    Registrar registrar,
    Duration window,
    int wrongTriesPerMinute,
    int checkSyncsPerSecond,
    Keeping keeping) {

  /**
   * Where master keys are kept.
   *
   * @param custody where a first one is made: {@code keystore}, {@code pkcs11} or another's name
   * @param sealed whether the keystore's passphrase is typed after each start
   * @param pkcs11Library the path of the token's library; empty for none
   * @param pkcs11SlotListIndex which of its slots, from 0
   */
  record Keeping(String custody, boolean sealed, String pkcs11Library, int pkcs11SlotListIndex) {
    Keeping {
      if (pkcs11SlotListIndex < 0) {
        throw new IllegalArgumentException("pkcs11SlotListIndex is a number from 0");
      }
    }
  }

  static final Duration LEAST_WINDOW = Duration.ofMinutes(1);
  static final Duration LONGEST_WINDOW = Duration.ofDays(30);

  private static final int MAX_FIELD_BYTES = 255;
  private static final int MOST_CHECK_SYNCS = 1_000;

  /**
   * Checks all of them.
   *
   * @throws IllegalArgumentException naming the setting and what would be right
   */
  AgentSettings {
    field("enterprise", enterprise);
    if (realms.isEmpty() || domains.isEmpty()) {
      throw new IllegalArgumentException("the settings realms and domains name at least one each");
    }
    realms.forEach(realm -> field("realms", realm));
    realms = List.copyOf(realms);
    domains = domains.stream().map(AgentSettings::sipDomain).toList();
    port("registrarPort", registrar.port());
    port("registrarTlsPort", registrar.tlsPort());
    port("registrarTlsSha256Port", registrar.tlsSha256Port());
    if (window.compareTo(LEAST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException("enrolmentWindowMinutes is a number from 1 to 43200");
    }
    if (wrongTriesPerMinute < 1) {
      throw new IllegalArgumentException("wrongTriesPerSourcePerMinute is at least 1");
    }
    if (checkSyncsPerSecond < 0 || checkSyncsPerSecond > MOST_CHECK_SYNCS) {
      throw new IllegalArgumentException("checkSyncsPerSecond is a number from 0 to 1000");
    }
  }

  static AgentSettings of(KeyAgentConfiguration c) {
    return new AgentSettings(
        c.enterprise().strip(),
        list(c.realms()),
        list(c.domains()),
        new Registrar(
            c.registrarHost().strip(),
            c.registrarPort(),
            c.registrarTlsPort(),
            c.registrarTlsSha256Port()),
        Duration.ofMinutes(c.enrolmentWindowMinutes()),
        c.wrongTriesPerSourcePerMinute(),
        c.checkSyncsPerSecond(),
        new Keeping(
            c.custody().strip(), c.sealed(), c.pkcs11Library().strip(), c.pkcs11SlotListIndex()));
  }

  /** The realm of new keys. */
  String realm() {
    return realms.get(0);
  }

  /** The domain of an extension that names none. */
  String domain() {
    return domains.get(0);
  }

  boolean serves(String realm, String domain) {
    return realms.contains(realm) && domains.contains(domain);
  }

  Enrolments.Site site() {
    return new Enrolments.Site(enterprise, realm(), domains, registrar);
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .distinct()
        .toList();
  }

  private static void field(String setting, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    boolean printable = text.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '"' || c == '\\');
    if (length == 0 || length > MAX_FIELD_BYTES || !printable) {
      throw new IllegalArgumentException(
          "the setting " + setting + " has 1 to 255 bytes, without quotes and backslashes");
    }
  }

  private static String sipDomain(String domain) {
    try {
      return new Aor("x", domain).domain();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the setting domains names '%s', which is no SIP domain".formatted(domain), e);
    }
  }

  private static void port(String setting, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "%s is %d instead of a number from 1 to 65535".formatted(setting, port));
    }
  }
}
