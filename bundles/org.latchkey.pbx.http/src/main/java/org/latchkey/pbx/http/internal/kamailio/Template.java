package org.latchkey.pbx.http.internal.kamailio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.http.internal.PbxSite;

/**
 * Kamailio's configuration made of our files, whose {@code @NAME@} are replaced. What goes in was
 * checked before: no value holds a quotation mark, a backslash, a dollar sign or a line break.
 */
final class Template {

  private static final Pattern NAME = Pattern.compile("@([A-Z0-9_]+)@");
  private static final int MARK_CHARACTERS = 16;

  private final Map<String, String> values = new LinkedHashMap<>();

  /** A template for a site, without what is made for one installation. */
  Template(PbxSite site, KamailioSettings settings, Destinations destinations) {
    boolean md5 = settings.algorithm() == DigestAlgorithm.MD5;
    values.put("REALM", site.realm().replace("$", "$$"));
    values.put("DOMAINS", alternatives(site.domains()));
    values.put("RPC_ADDRESS", settings.rpcAddress());
    values.put("ALGORITHM", settings.algorithm().token());
    values.put("ALGORITHM_OR_EMPTY", md5 ? "" : settings.algorithm().token());
    values.put("HA1_LENGTH", Integer.toString(settings.algorithm().hexLength()));
    values.put("LISTEN", lines(settings.listen(), "listen=%s\n"));
    values.put("TRUNKS", trunks(settings));
    values.put("OLD_PHONES_DATABASE", settings.oldPhonesDatabase());
    values.put("DESTINATIONS", destinations(destinations));
    values.put("NETWORKS", String.join(",", destinations.networks()));
    values.put("UNPROVED_PER_SOURCE", Integer.toString(destinations.perSource()));
    values.put("UNPROVED_TOTAL", Integer.toString(destinations.total()));
    values.put("MADE", mark(values.toString()));
  }

  /** With a value for one installation. */
  Template with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** By what settings it was made: another value for others. */
  String mark() {
    return values.getOrDefault("MADE", "");
  }

  /** The text of one of our files, filled in. */
  String fill(String file) {
    Matcher names = NAME.matcher(text(file));
    StringBuilder filled = new StringBuilder();
    while (names.find()) {
      String value = values.get(names.group(1));
      if (value == null) {
        throw new IllegalStateException(file + " wants a value that nobody gave: " + names.group());
      }
      names.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return names.appendTail(filled).toString();
  }

  private static String destinations(Destinations destinations) {
    StringBuilder text = new StringBuilder();
    for (Destination destination : destinations.all()) {
      text.append(
          """
          \tif ($var(dialled) == "%1$s") {
          \t\t$avp(latchkey_dialled) = "%1$s";
          \t\t$avp(latchkey_target) = "%2$s";
          \t\t$avp(latchkey_kind) = "%3$s";
          \t\treturn 1;
          \t}
          """
              .formatted(destination.dialled(), destination.target(), kind(destination)));
    }
    return text.toString();
  }

  private static String kind(Destination destination) {
    return switch (destination.kind()) {
      case EMERGENCY -> "emergency";
      case HELP_DESK -> "help-desk";
      case TEST -> "test";
    };
  }

  private static String trunks(KamailioSettings settings) {
    return settings.trunks().stream()
        .map(
            trunk ->
                """
                \tif (is_in_subnet("$si", "%s")) {
                \t\t$avp(latchkey_trunk) = "%s";
                \t\treturn 1;
                \t}
                """
                    .formatted(trunk.network(), trunk.name()))
        .collect(Collectors.joining());
  }

  /** Domains as a regular expression; those of its signs that a domain can have stand for one. */
  private static String alternatives(List<String> domains) {
    List<String> escaped = new ArrayList<>();
    for (String domain : domains) {
      escaped.add(domain.replaceAll("[.\\[\\]]", "[$0]"));
    }
    return String.join("|", escaped);
  }

  private static String lines(List<String> values, String format) {
    return values.stream().map(format::formatted).collect(Collectors.joining());
  }

  private static String mark(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, MARK_CHARACTERS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String text(String file) {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the bundle has no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
