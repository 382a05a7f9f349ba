package org.latchkey.keyagent.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latchkey.phone.PhoneProfile;

/**
 * A vendor's factory certificates: where they name the phone.
 *
 * @param name the vendor
 * @param attribute the attribute of the subject that is the MAC address (RFC 4519 name)
 * @param organisation what an attribute O of the subject must contain; empty for nothing
 * @param profiles the profiles of its phones
 */
record FactoryVendor(String name, String attribute, String organisation, List<String> profiles) {

  private static final Pattern LINE = Pattern.compile("(\\S+) +(\\S+) +(.+?)  +(\\S.*)");

  /** Those of which something is known. */
  static final List<FactoryVendor> KNOWN = read();

  FactoryVendor {
    profiles = List.copyOf(profiles);
  }

  /** The vendor of a profile: one that is known, or else a vendor of this profile alone. */
  static FactoryVendor ofProfile(String profile) {
    return KNOWN.stream()
        .filter(vendor -> vendor.profiles().contains(profile))
        .findFirst()
        .orElseGet(() -> new FactoryVendor(profile, "CN", "", List.of(profile)));
  }

  /** The names of those that are known, and of those of these profiles. */
  static List<String> names(List<PhoneProfile> profiles) {
    Stream<String> ofProfiles = profiles.stream().map(one -> ofProfile(one.name()).name());
    return Stream.concat(KNOWN.stream().map(FactoryVendor::name), ofProfiles)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<FactoryVendor> read() {
    try (InputStream in =
            Objects.requireNonNull(
                FactoryVendor.class.getResourceAsStream("factory-certificates.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(FactoryVendor::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this bundle", e);
    }
  }

  private static FactoryVendor of(String line) {
    Matcher words = LINE.matcher(line);
    if (!words.matches()) {
      throw new IllegalArgumentException("no vendor: " + line);
    }
    String organisation = words.group(3).equals("-") ? "" : words.group(3);
    List<String> profiles = List.of(words.group(4).split(" ", -1));
    return new FactoryVendor(words.group(1), words.group(2), organisation, profiles);
  }
}
