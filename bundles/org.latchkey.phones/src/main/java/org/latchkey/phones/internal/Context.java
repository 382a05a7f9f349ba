package org.latchkey.phones.internal;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.Site;

/**
 * What the variables of a line are about.
 *
 * @param profile the profile's name
 * @param settings what its phone is told
 * @param menu how the menu of its phone takes a password
 * @param file what the phone asked for
 * @param site where things are
 * @param line the number of this line, in a file with keys
 * @param key the key of this line, if it has one
 */
record Context(
    String profile,
    PhoneSettings settings,
    MenuPassword menu,
    FileRequest file,
    Site site,
    Optional<Integer> line,
    Optional<IssuedKey> key) {

  /** This for the line of another key. */
  Context of(IssuedKey other) {
    return new Context(
        profile,
        settings,
        menu,
        file,
        site,
        Optional.of(other.record().line()),
        Optional.of(other));
  }

  /** This for a line without a key. */
  Context off(int number) {
    return new Context(profile, settings, menu, file, site, Optional.of(number), Optional.empty());
  }

  /** Where this family's files are, without anybody's credential. */
  URI base() {
    return site.provisioning().resolve(profile + '/');
  }

  /** The registrar's port for this phone's transport and algorithm. */
  Optional<Integer> port() {
    return key.map(
        issued -> {
          if (settings.transport() != PhoneSettings.Transport.TLS) {
            return issued.registrar().port();
          }
          boolean md5 =
              settings.algorithm() == DigestAlgorithm.MD5
                  && issued.record().least() == DigestAlgorithm.MD5;
          return md5 ? issued.registrar().tlsPort() : issued.registrar().tlsSha256Port();
        });
  }

  /** The name that a phone has for everything; empty when it proves itself by another. */
  Optional<String> oneName() {
    return key.filter(
            issued -> settings.authenticationName() == PhoneSettings.AuthenticationName.NONE)
        .map(issued -> Variable.user(issued) + '-' + issued.keyIdentifier());
  }

  /** How far the phone's standard time is from UTC. */
  Optional<ZoneOffset> offset() {
    return settings.zone().map(zone -> zone.getRules().getStandardOffset(Instant.now()));
  }

  /** An address, and the phone's own credential below it. */
  Optional<Value> again(String before, String after) {
    return key.map(
        issued ->
            field -> {
              field.text(before + profile + '/' + issued.keyIdentifier() + '/');
              field.secret(issued.provisioningPassword());
              field.text(after);
            });
  }

  /** The address as this phone came: with the credential that it had. */
  Value here() {
    return field -> {
      field.text(base().toString());
      file.code()
          .ifPresent(
              code -> {
                field.secret(code);
                field.text("/");
              });
      file.login()
          .ifPresent(
              login -> {
                field.text(login.keyIdentifier() + '/');
                field.secret(login.password());
                field.text("/");
              });
    };
  }
}
