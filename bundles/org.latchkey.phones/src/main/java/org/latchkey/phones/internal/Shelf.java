package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The profiles and the files of single phones as they are in force: those that Latchkey brings, a
 * site's own over them. What can't be read stands as it was.
 */
final class Shelf {

  /** In the order in which they are listed to people. */
  static final List<String> BUILT_IN =
      List.of(
          "yealink",
          "poly",
          "cisco-mpp",
          "cisco-spa",
          "grandstream",
          "snom",
          "fanvil",
          "mitel",
          "avaya",
          "panasonic",
          "gigaset",
          "htek",
          "baresip",
          "generic");

  private static final Pattern PROFILE = Pattern.compile("([a-z][a-z0-9-]{0,30})\\.profile");
  private static final Pattern PHONE = Pattern.compile(FileSheet.MAC + "\\.phone");

  private final Map<String, TemplateProfile> profiles = new LinkedHashMap<>();
  private volatile Map<String, ProfileText> phones = Map.of();
  private volatile Map<String, String> badPhones = Map.of();
  private volatile List<TemplateProfile> inForce = List.of();

  /** The profiles in force. */
  List<TemplateProfile> profiles() {
    return inForce;
  }

  /**
   * Takes a site's files.
   *
   * @param files by name
   * @param faults gets a sentence for each file that can't be used
   */
  void take(Map<String, String> files, PhoneSettings common, Map<String, String> faults) {
    Map<String, ProfileText> own = new TreeMap<>();
    Map<String, ProfileText> newPhones = new TreeMap<>();
    Map<String, String> newBadPhones = new TreeMap<>();
    files.forEach(
        (name, text) -> {
          Matcher profile = PROFILE.matcher(name);
          Matcher phone = PHONE.matcher(name);
          if (profile.matches()) {
            read(name, text, faults).ifPresent(read -> own.put(profile.group(1), read));
          } else if (phone.matches()) {
            String device = FileSheet.canonical(phone.group("mac"));
            read(name, text, faults)
                .filter(read -> canBeTold(name, read, common, faults))
                .ifPresentOrElse(
                    read -> newPhones.put(device, read),
                    () -> keepLast(device, name, newPhones, newBadPhones));
          } else {
            faults.put(
                name, name + " is neither NAME.profile, in lower case, nor MAC-ADDRESS.phone");
          }
        });
    phones = newPhones;
    badPhones = newBadPhones;
    List<String> wanted = new ArrayList<>(BUILT_IN);
    own.keySet().stream().filter(name -> !wanted.contains(name)).forEach(wanted::add);
    faults.keySet().stream()
        .map(PROFILE::matcher)
        .filter(Matcher::matches)
        .map(one -> one.group(1))
        .filter(name -> !wanted.contains(name) && profiles.containsKey(name))
        .forEach(wanted::add);
    profiles.keySet().retainAll(wanted);
    wanted.forEach(name -> take(name, own.get(name), common, faults));
    inForce = List.copyOf(profiles.values());
  }

  /** What can be said of a phone's file without knowing its family. */
  private static boolean canBeTold(
      String name, ProfileText text, PhoneSettings common, Map<String, String> faults) {
    try {
      common.with(text);
      text.sections().forEach((section, lines) -> lines.forEach(FileSheet::checkTemplates));
      return true;
    } catch (IllegalArgumentException e) {
      faults.put(name, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void keepLast(
      String device, String name, Map<String, ProfileText> good, Map<String, String> bad) {
    ProfileText last = phones.get(device);
    if (last == null) {
      bad.put(device, name + " can't be read, see latchkey:status");
    } else {
      good.put(device, last);
    }
  }

  private void take(
      String name, @Nullable ProfileText own, PhoneSettings common, Map<String, String> faults) {
    String file = name + ".profile";
    boolean unread = faults.containsKey(file);
    if (unread && profiles.containsKey(name)) {
      return;
    }
    Optional<ProfileText> built =
        BUILT_IN.contains(name) ? Optional.of(ProfileFolder.builtIn(name)) : Optional.empty();
    if (own != null) {
      ProfileText whole = built.map(text -> text.with(own)).orElse(own);
      try {
        put(name, whole, common);
        return;
      } catch (IllegalArgumentException e) {
        faults.put(file, String.valueOf(e.getMessage()));
        if (profiles.containsKey(name)) {
          return;
        }
      }
    }
    built.ifPresent(text -> put(name, text, common));
  }

  private void put(String name, ProfileText text, PhoneSettings common) {
    TemplateProfile before = profiles.get(name);
    if (before == null || !before.isMadeOf(text, common)) {
      profiles.put(name, new TemplateProfile(name, text, common, this::ofDevice, this::claimed));
    }
  }

  private Optional<ProfileText> ofDevice(String device) {
    String bad = badPhones.get(device);
    if (bad != null) {
      throw new IllegalArgumentException(bad);
    }
    return Optional.ofNullable(phones.get(device));
  }

  private boolean claimed(String userAgent) {
    return inForce.stream().anyMatch(profile -> profile.claims(userAgent));
  }

  private static Optional<ProfileText> read(String name, String text, Map<String, String> faults) {
    try {
      return Optional.of(ProfileText.read(name, text));
    } catch (IllegalArgumentException e) {
      faults.put(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
