package org.latchkey.shell.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * Why a component of a bundle could not start, as Declarative Services remembers it (OSGi
 * Compendium 8, section 112.10.1). Our components refuse a bad setting by an
 * IllegalArgumentException that names it.
 */
final class FailedActivation {

  /** A cause in a stack trace, of which the last is the first: its class, and what it says. */
  private static final Pattern CAUSE =
      Pattern.compile("(?m)^(?:Caused by: )?([\\w.$]+(?:Exception|Error))(?:: (.*))?$");

  /** What SCR says of a setting that is no number where the component wants one. */
  private static final Pattern NO_NUMBER =
      Pattern.compile("NumberFormatException: For input string: \"(.*)\"");

  private final String component;
  private final String pid;
  private final Map<String, Object> settings;
  private final String failure;

  /**
   * The failure of one component.
   *
   * @param pid of its settings
   * @param failure a stack trace
   */
  FailedActivation(String component, String pid, Map<String, Object> settings, String failure) {
    this.component = component;
    this.pid = pid;
    this.settings = settings;
    this.failure = failure;
  }

  /** The end of a sentence that begins with the part, and what to do; empty when all started. */
  static Optional<String> in(Bundle bundle, BundleContext context) {
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    if (runtime == null) {
      return Optional.empty();
    }
    try {
      List<FailedActivation> failed =
          runtime.getComponentDescriptionDTOs(bundle).stream()
              .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
              .filter(one -> one.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
              .map(FailedActivation::of)
              .toList();
      // One that can't start takes others along: what names a setting is the origin.
      return failed.stream()
          .flatMap(one -> one.badSetting().stream())
          .findFirst()
          .or(() -> failed.stream().map(FailedActivation::otherwise).findFirst());
    } finally {
      context.ungetService(reference);
    }
  }

  private static FailedActivation of(ComponentConfigurationDTO one) {
    String[] pids = one.description.configurationPid;
    String name = one.description.name;
    return new FailedActivation(
        name,
        pids == null || pids.length == 0 ? name : pids[0],
        one.properties,
        String.valueOf(one.failure));
  }

  /** The setting that it refuses, and what to do. */
  Optional<String> badSetting() {
    Matcher number = NO_NUMBER.matcher(failure);
    if (number.find()) {
      return Optional.of(told(notNumber(number.group(1))));
    }
    return causes()
        .filter(cause -> cause.group(1).equals(IllegalArgumentException.class.getName()))
        .map(cause -> told(words(cause)))
        .findFirst();
  }

  /** Why else it could not start, and what to do. */
  String otherwise() {
    String words =
        causes().reduce((first, last) -> last).map(FailedActivation::words).orElse("no reason");
    return "%s could not start: %s. log:display tells more.".formatted(component, words);
  }

  private Stream<MatchResult> causes() {
    return CAUSE.matcher(failure).results();
  }

  private String told(String words) {
    return "etc/%s.cfg has a bad setting: %s. Correct it: it starts by itself then."
        .formatted(pid, words);
  }

  private String notNumber(String value) {
    return settings.entrySet().stream()
            .filter(setting -> value.equals(setting.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.joining(" or "))
        + " is '%s' instead of a number".formatted(value);
  }

  private static String words(MatchResult cause) {
    return cause.group(2) == null ? cause.group(1) : cause.group(2);
  }
}
