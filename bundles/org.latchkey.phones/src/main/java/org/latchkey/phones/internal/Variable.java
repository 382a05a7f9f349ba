package org.latchkey.phones.internal;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.Secret;

/**
 * What profiles may name in braces.
 *
 * @param word the name
 * @param needsKey whether it exists in files with keys only
 * @param value what it stands for; empty when it has no value, as a time zone that nobody set
 */
record Variable(String word, boolean needsKey, Function<Context, Optional<Value>> value) {

  private static final List<Variable> ALL =
      List.of(
          // The MAC address, twelve lower-case digits.
          ofSite("mac", c -> c.file().device().map(Value::text)),
          // The same in upper case.
          ofSite(
              "MAC", c -> c.file().device().map(mac -> Value.text(mac.toUpperCase(Locale.ROOT)))),
          ofSite("transport", c -> some(c.settings().transport().word())),
          ofSite("srtp", c -> some(c.settings().srtp().word())),
          ofSite("expiry", c -> some(c.settings().expirySeconds())),
          ofSite("expiry-minutes", c -> some(Math.max(1, c.settings().expirySeconds() / 60))),
          ofSite("resync-seconds", c -> some(c.settings().resyncMinutes() * 60)),
          ofSite("resync-minutes", c -> some(c.settings().resyncMinutes())),
          ofSite("resync-hours", c -> some(Math.max(1, c.settings().resyncMinutes() / 60))),
          ofSite("ntp", c -> c.settings().ntp().map(Value::text)),
          // The offset of standard time: +1, +5:30.
          ofSite("zone-hours", c -> c.offset().map(Variable::hours)),
          // +01:00.
          ofSite("zone-clock", c -> c.offset().map(o -> Value.text(clock(o)))),
          ofSite("zone-seconds", c -> c.offset().map(o -> Value.text(o.getTotalSeconds()))),
          ofSite("zone-minutes", c -> c.offset().map(o -> Value.text(o.getTotalSeconds() / 60))),
          // Minutes west of Greenwich.
          ofSite(
              "zone-minutes-west", c -> c.offset().map(o -> Value.text(-o.getTotalSeconds() / 60))),
          // Where it can be fetched by whoever fetched this file.
          ofSite(
              "ca-url",
              c ->
                  ca(c)
                      .map(
                          pem ->
                              Value.text(c.site().bootstrap().orElse(c.base()).resolve("ca.pem")))),
          ofSite("ca-pem", c -> ca(c).map(Value::text)),
          // The agent's host name.
          ofSite("host", c -> some(c.site().provisioning().getHost())),
          // The agent's port.
          ofSite("https-port", c -> some(httpsPort(c))),
          // Where this family's files are, without anybody's credential, with a slash at the end.
          ofSite("provisioning", c -> some(c.base())),
          // The same without scheme and last slash.
          ofSite(
              "provisioning-host",
              c -> some(c.base().toString().replaceFirst("^[a-z]+://", "").replaceFirst("/$", ""))),
          // Its path alone, without slashes at its ends.
          ofSite("provisioning-path", c -> some(c.base().getPath().replaceFirst("^/(.*)/$", "$1"))),
          // The address as the phone came, with its own credential and a slash at the end.
          ofSite("here", c -> Optional.of(c.here())),
          // The address at which the phone fetches again, with a slash at the end.
          ofKey("again", c -> c.again(c.site().provisioning().toString(), "/")),
          // The same without scheme and last slash.
          ofKey(
              "again-host",
              c -> c.again(c.site().provisioning().toString().replaceFirst("^[a-z]+://", ""), "")),
          // Its path alone.
          ofKey("again-path", c -> c.again(c.site().provisioning().getPath().substring(1), "")),
          ofKey("maintenance", c -> c.key().map(key -> maintenance(c.menu(), key))),
          ofKey("registrar", c -> c.key().map(key -> Value.text(key.registrar().host()))),
          ofKey("port", c -> c.port().map(Value::text)),
          ofKey("line", c -> c.line().map(Value::text)),
          // The line, counted from 0.
          ofKey("line0", c -> c.line().map(line -> Value.text(line - 1))),
          // The user part of its URIs.
          ofKey("user", c -> c.oneName().or(() -> c.key().map(Variable::user)).map(Value::text)),
          ofKey("domain", c -> c.key().map(k -> Value.text(k.record().aor().domain()))),
          ofKey("realm", c -> c.key().map(k -> Value.text(k.record().realm()))),
          // What people call the line; its user when nothing.
          ofKey("name", c -> c.key().map(Variable::name)),
          // The username of its digests.
          ofKey(
              "key",
              c -> c.oneName().or(() -> c.key().map(IssuedKey::keyIdentifier)).map(Value::text)),
          ofKey("secret", c -> c.key().map(key -> Value.secret(key.secret()))));

  private static Variable ofSite(String word, Function<Context, Optional<Value>> value) {
    return new Variable(word, false, value);
  }

  private static Variable ofKey(String word, Function<Context, Optional<Value>> value) {
    return new Variable(word, true, value);
  }

  /** The variable of this name. */
  static Optional<Variable> named(String word) {
    return ALL.stream().filter(one -> one.word.equals(word)).findFirst();
  }

  /** All names. */
  static String names() {
    return ALL.stream().map(one -> one.word).collect(Collectors.joining(", "));
  }

  /** Whether it is the number of a line. */
  boolean isLineNumber() {
    return word.equals("line") || word.equals("line0");
  }

  /** Whether it is the secret key of a line. */
  boolean isSecret() {
    return word.equals("secret");
  }

  /** As what it names a line, if it is the number of one. */
  String numbering(int line) {
    return Integer.toString(word.equals("line0") ? line - 1 : line);
  }

  /** Its value in one file. */
  Optional<Value> in(Context context) {
    return value.apply(context);
  }

  private static Optional<Value> some(Object text) {
    return Optional.of(Value.text(text));
  }

  private static Value maintenance(MenuPassword menu, IssuedKey key) {
    return field -> {
      try (Secret password = menu.of(key.maintenancePassword())) {
        field.secret(password);
      }
    };
  }

  private static Value name(IssuedKey key) {
    String name = key.displayName().map(SipText::shortened).orElse("");
    return field -> field.name(name.isEmpty() ? user(key) : name);
  }

  /** The user of the AOR as it stands in a URI. */
  static String user(IssuedKey key) {
    String uri = key.record().aor().toUri();
    return uri.substring("sip:".length(), uri.lastIndexOf('@'));
  }

  private static Optional<String> ca(Context context) {
    return Optional.of(context.site().caPem()).filter(pem -> !pem.isEmpty());
  }

  private static int httpsPort(Context context) {
    int port = context.site().provisioning().getPort();
    return port < 0 ? 443 : port;
  }

  private static Value hours(ZoneOffset offset) {
    String[] parts = clock(offset).split(":", -1);
    String hours = parts[0].charAt(0) + Integer.toString(Integer.parseInt(parts[0].substring(1)));
    return Value.text(parts[1].equals("00") ? hours : hours + ':' + parts[1]);
  }

  private static String clock(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
  }
}
