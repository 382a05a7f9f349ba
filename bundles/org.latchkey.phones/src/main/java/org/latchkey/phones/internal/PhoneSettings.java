package org.latchkey.phones.internal;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;

/**
 * What a desk phone is told beside its keys: for all, overridden by its profile, overridden by its
 * own file.
 *
 * @param algorithm the digest algorithm it registers with
 * @param form the length of its key identifiers
 * @param transport how it registers
 * @param srtp whether it encrypts media
 * @param expirySeconds how long a registration lasts
 * @param resyncMinutes how often it fetches its file without being told
 * @param zone its time zone
 * @param ntp its time server
 * @param authenticationName whether it has a name apart for proving itself
 */
record PhoneSettings(
    DigestAlgorithm algorithm,
    IdentifierForm form,
    Transport transport,
    Srtp srtp,
    int expirySeconds,
    int resyncMinutes,
    Optional<ZoneId> zone,
    Optional<String> ntp,
    AuthenticationName authenticationName) {

  static final String SECTION = "settings";

  /** How a phone registers. */
  enum Transport {
    UDP,
    TCP,
    TLS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The username of its digests. */
  enum AuthenticationName {
    /** A field of its own. */
    OWN,
    /** The user part of its AOR, which it has one field for. */
    NONE
  }

  /** Whether a phone encrypts media (RFC 3711). */
  enum Srtp {
    OFF,
    OFFERED,
    REQUIRED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is told where nobody says otherwise. */
  static final PhoneSettings STANDARD =
      new PhoneSettings(
          DigestAlgorithm.MD5,
          IdentifierForm.LONG,
          Transport.TLS,
          Srtp.OFF,
          600,
          240,
          Optional.empty(),
          Optional.empty(),
          AuthenticationName.OWN);

  /**
   * These, with the section {@code settings} of a profile over them.
   *
   * @throws IllegalArgumentException naming the line that can't be read
   */
  PhoneSettings with(ProfileText text) {
    PhoneSettings all = this;
    for (ProfileText.Line line : text.section(SECTION)) {
      try {
        all = all.with(line.key(), line.value());
      } catch (IllegalArgumentException e) {
        throw line.bad(String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  /**
   * These with one setting changed.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  PhoneSettings with(String key, String value) {
    return switch (key) {
      case "algorithm" ->
          copy(
              DigestAlgorithm.ofToken(value)
                  .orElseThrow(() -> new IllegalArgumentException("algorithm is MD5 or SHA-256")),
              form);
      case "identifier" -> copy(algorithm, word(key, value, IdentifierForm.class));
      case "transport" -> copy(word(key, value, Transport.class), srtp, zone, ntp);
      case "srtp" -> copy(transport, word(key, value, Srtp.class), zone, ntp);
      case "expiry-seconds" -> copy(number(key, value, 60, 86_400), resyncMinutes);
      case "resync-minutes" -> copy(expirySeconds, number(key, value, 60, 10_080));
      case "time-zone" -> copy(transport, srtp, given(value).map(PhoneSettings::zone), ntp);
      case "ntp-server" -> copy(transport, srtp, zone, given(value));
      case "authentication-name" -> copy(word(key, value, AuthenticationName.class));
      default ->
          throw new IllegalArgumentException(
              "there is no setting "
                  + key
                  + "; there are algorithm, identifier, transport, srtp, expiry-seconds,"
                  + " resync-minutes, time-zone, ntp-server, authentication-name");
    };
  }

  private PhoneSettings copy(AuthenticationName newName) {
    return new PhoneSettings(
        algorithm, form, transport, srtp, expirySeconds, resyncMinutes, zone, ntp, newName);
  }

  private PhoneSettings copy(DigestAlgorithm newAlgorithm, IdentifierForm newForm) {
    return new PhoneSettings(
        newAlgorithm,
        newForm,
        transport,
        srtp,
        expirySeconds,
        resyncMinutes,
        zone,
        ntp,
        authenticationName);
  }

  private PhoneSettings copy(int newExpirySeconds, int newResyncMinutes) {
    return new PhoneSettings(
        algorithm,
        form,
        transport,
        srtp,
        newExpirySeconds,
        newResyncMinutes,
        zone,
        ntp,
        authenticationName);
  }

  private PhoneSettings copy(
      Transport newTransport, Srtp newSrtp, Optional<ZoneId> newZone, Optional<String> newNtp) {
    return new PhoneSettings(
        algorithm,
        form,
        newTransport,
        newSrtp,
        expirySeconds,
        resyncMinutes,
        newZone,
        newNtp,
        authenticationName);
  }

  private static Optional<String> given(String value) {
    return Optional.of(value.strip()).filter(text -> !text.isEmpty());
  }

  private static ZoneId zone(String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time zone is written like Europe/Berlin or +01:00: " + value, e);
    }
  }

  private static int number(String key, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is a number: " + value, e);
    }
    throw new IllegalArgumentException(key + " is from " + least + " to " + most);
  }

  private static <E extends Enum<E>> E word(String key, String value, Class<E> type) {
    Function<E, String> spelled = one -> one.name().toLowerCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> spelled.apply(one).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key
                        + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(spelled)
                            .collect(Collectors.joining(", "))));
  }
}
