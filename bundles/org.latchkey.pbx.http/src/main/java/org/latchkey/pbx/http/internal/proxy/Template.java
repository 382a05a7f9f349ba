package org.latchkey.pbx.http.internal.proxy;

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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.Destinations;

/**
 * The configuration of a SIP proxy made of our files, whose {@code @NAME@} are replaced. What goes
 * in was checked before: no value holds a quotation mark, a backslash, a dollar sign or a line
 * break.
 */
public final class Template {

  private static final Pattern NAME = Pattern.compile("@([A-Z0-9_]+)@");
  private static final int MARK_CHARACTERS = 16;

  private final Class<?> home;
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * A template for a site, without what is made for one installation.
   *
   * @param home the class beside whose file our files are
   * @param own what the proxy of this kind has in words of its own
   */
  public Template(
      Class<?> home,
      Map<String, String> own,
      PbxSite site,
      ProxySettings settings,
      Destinations destinations) {
    this.home = home;
    values.put("REALM", site.realm().replace("$", "$$"));
    values.put("DOMAINS", alternatives(site.domains()));
    values.put("RPC_ADDRESS", settings.rpcAddress());
    values.put("ALGORITHM", settings.algorithm().token());
    values.put("HA1_LENGTH", Integer.toString(settings.algorithm().hexLength()));
    values.put("OLD_PHONES_DATABASE", settings.oldPhonesDatabase());
    values.put("DESTINATIONS", destinations(destinations));
    values.put("UNPROVED_PER_SOURCE", Integer.toString(destinations.perSource()));
    values.put("UNPROVED_TOTAL", Integer.toString(destinations.total()));
    new TreeMap<>(own).forEach(values::put);
    values.put("MADE", mark(values.toString()));
  }

  /** With a value for one installation. */
  public Template with(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** By what settings it was made: another value for others. */
  public String mark() {
    return values.getOrDefault("MADE", "");
  }

  /** The text of one of our files, filled in. */
  public String fill(String file) {
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

  /** Domains as a regular expression; those of its signs that a domain can have stand for one. */
  private static String alternatives(List<String> domains) {
    List<String> escaped = new ArrayList<>();
    for (String domain : domains) {
      escaped.add(domain.replaceAll("[.\\[\\]]", "[$0]"));
    }
    return String.join("|", escaped);
  }

  /** A line for each value. */
  public static String lines(List<String> values, String format) {
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

  private String text(String file) {
    try (InputStream in = home.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the bundle has no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
