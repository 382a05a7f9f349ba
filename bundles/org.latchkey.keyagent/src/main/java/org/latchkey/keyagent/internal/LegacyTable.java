package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.LegacyExports.Format;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.Ha1;

/** How one kind of PBX wants its table. */
abstract class LegacyTable {

  /** Gives a key's secret, for the caller to close. */
  @FunctionalInterface
  interface Secrets {
    /**
     * The secret of a key.
     *
     * @throws UnavailableException when it can't be derived
     */
    Secret of(KeyRecord key);
  }

  /** The table of a format. */
  static LegacyTable of(Format format) {
    return switch (format) {
      case CSV -> new Csv();
      case ASTERISK -> new Asterisk();
      case KAMAILIO -> new Kamailio(DigestAlgorithm.MD5);
      case KAMAILIO_SHA_256 -> new Kamailio(DigestAlgorithm.SHA_256);
      case FREESWITCH -> new FreeSwitch();
    };
  }

  /** Why an extension can't be written, as the end of a sentence that begins with it. */
  Optional<String> refusal(LegacyExtension extension) {
    return extension.isPlain()
        ? Optional.empty()
        : Optional.of("has a character that means something else there");
  }

  void begin(LegacyWriter out) throws IOException {}

  abstract void extension(LegacyWriter out, LegacyExtension extension, Secrets secrets)
      throws IOException;

  void end(LegacyWriter out) throws IOException {}

  private static void ha1(LegacyWriter out, DigestAlgorithm algorithm, KeyRecord key, Secret secret)
      throws IOException {
    byte[] bytes = secret.copy();
    try {
      out.secret(Ha1.hex(algorithm, key.keyIdentifier(), key.realm(), bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** RFC 4180, for whatever table there is. */
  private static final class Csv extends LegacyTable {
    @Override
    Optional<String> refusal(LegacyExtension extension) {
      return Optional.empty();
    }

    @Override
    void begin(LegacyWriter out) throws IOException {
      out.text("extension,domain,user,realm,password,ha1_md5,ha1_sha256\r\n");
    }

    @Override
    void extension(LegacyWriter out, LegacyExtension extension, Secrets secrets)
        throws IOException {
      for (KeyRecord key : extension.keys()) {
        try (Secret secret = secrets.of(key)) {
          out.text(quoted(key.aor().user()) + ',' + quoted(key.aor().domain()) + ',');
          out.text(key.keyIdentifier() + ',' + quoted(key.realm()) + ',');
          out.secret(secret).text(",");
          ha1(out, DigestAlgorithm.MD5, key, secret);
          out.text(",");
          ha1(out, DigestAlgorithm.SHA_256, key, secret);
          out.text("\r\n");
        }
      }
    }

    private static String quoted(String value) {
      return value.matches("[^\",\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
  }

  /** One endpoint for each extension; Asterisk finds it by From, and the key by the digest. */
  private static final class Asterisk extends LegacyTable {
    @Override
    void extension(LegacyWriter out, LegacyExtension extension, Secrets secrets)
        throws IOException {
      for (KeyRecord key : extension.keys()) {
        try (Secret secret = secrets.of(key)) {
          out.text("[%1$s]\ntype=auth\nauth_type=userpass\n".formatted(key.keyIdentifier()));
          out.text("username=%s\npassword=".formatted(key.keyIdentifier()));
          out.secret(secret).text("\n\n");
        }
      }
      String auths =
          extension.keys().stream().map(KeyRecord::keyIdentifier).collect(Collectors.joining(","));
      out.text(
          "[%1$s](latchkey-aor)\nmax_contacts=%2$d\n\n"
              .formatted(extension.name(), count(extension)));
      out.text("[%1$s](latchkey-endpoint)\nauth=%2$s\n".formatted(extension.name(), auths));
      out.text("aors=%s\n\n".formatted(extension.name()));
    }

    private static int count(LegacyExtension extension) {
      return extension.keys().size();
    }
  }

  /** Rows of {@code subscriber}, by which a digest is checked, and {@code uri}, which binds it. */
  private static final class Kamailio extends LegacyTable {
    private final DigestAlgorithm algorithm;

    Kamailio(DigestAlgorithm algorithm) {
      this.algorithm = algorithm;
    }

    @Override
    Optional<String> refusal(LegacyExtension extension) {
      return extension.keys().stream().allMatch(key -> key.realm().matches("[^'\\\\\\p{Cntrl}]*"))
          ? super.refusal(extension)
          : Optional.of("has a realm with a character that means something else there");
    }

    @Override
    void begin(LegacyWriter out) throws IOException {
      out.text("BEGIN;\n");
    }

    @Override
    void extension(LegacyWriter out, LegacyExtension extension, Secrets secrets)
        throws IOException {
      for (KeyRecord key : extension.keys()) {
        try (Secret secret = secrets.of(key)) {
          out.text("INSERT INTO subscriber (username, domain, password, ha1) VALUES ");
          out.text("('%s', '%s', '', '".formatted(key.keyIdentifier(), key.aor().domain()));
          ha1(out, algorithm, key, secret);
          out.text("');\nINSERT INTO uri (username, domain, uri_user) VALUES ");
          out.text(
              "('%s', '%s', '%s');\n"
                  .formatted(key.keyIdentifier(), key.realm(), key.aor().user()));
        }
      }
    }

    @Override
    void end(LegacyWriter out) throws IOException {
      out.text("COMMIT;\n");
    }
  }

  /** A user for each key, whose registrations are its extension's whatever the phone says. */
  private static final class FreeSwitch extends LegacyTable {
    @Override
    Optional<String> refusal(LegacyExtension extension) {
      return extension.name().equals(extension.aor().user())
          ? super.refusal(extension)
          : Optional.of("is in two domains, of which this file knows one");
    }

    @Override
    void begin(LegacyWriter out) throws IOException {
      out.text("<include>\n");
    }

    @Override
    void extension(LegacyWriter out, LegacyExtension extension, Secrets secrets)
        throws IOException {
      for (KeyRecord key : extension.keys()) {
        String user = key.aor().user();
        try (Secret secret = secrets.of(key)) {
          out.text(
              "  <user id=\"%s\" number-alias=\"%s\">\n    <params>\n"
                  .formatted(key.keyIdentifier(), user));
          out.text("      <param name=\"password\" value=\"").secret(secret).text("\"/>\n");
          out.text("    </params>\n    <variables>\n");
          out.text(variable("sip-force-user", user));
          out.text(variable("user_context", "default"));
          out.text(variable("effective_caller_id_number", user));
          out.text("    </variables>\n  </user>\n");
        }
      }
    }

    @Override
    void end(LegacyWriter out) throws IOException {
      out.text("</include>\n");
    }

    private static String variable(String name, String value) {
      return "      <variable name=\"%s\" value=\"%s\"/>\n".formatted(name, value);
    }
  }
}
