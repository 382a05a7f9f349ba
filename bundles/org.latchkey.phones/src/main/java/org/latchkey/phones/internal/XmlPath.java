package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value stands in an XML file: elements from the root on, each with attributes that tell it
 * from its neighbours, and at the end perhaps an attribute that takes the value: {@code
 * settings/phone-settings/user_name[@idx=1]}, {@code nvm/param[@name=x]/@value}.
 *
 * @param steps the elements, at least one
 * @param attribute the attribute that takes the value; the last element does when empty
 */
record XmlPath(List<Step> steps, Optional<String> attribute) {

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
  private static final String GIVEN = "\\[@(" + NAME + ")=([^\\]]*)\\]";
  private static final Pattern STEP =
      Pattern.compile("\\G(" + NAME + ")((?:" + GIVEN + ")*)(?:/|$)");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\G@(" + NAME + ")$");
  private static final Pattern ONE_GIVEN = Pattern.compile(GIVEN);

  /**
   * An element.
   *
   * @param name its name
   * @param attributes those that are part of its place
   */
  record Step(String name, Map<String, String> attributes) {}

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException when it is none
   */
  static XmlPath of(String text) {
    List<Step> steps = new ArrayList<>();
    int end = 0;
    Matcher step = STEP.matcher(text);
    while (end < text.length() && step.find(end) && step.start() == end) {
      steps.add(new Step(step.group(1), given(step.group(2))));
      end = step.end();
    }
    Matcher attribute = ATTRIBUTE.matcher(text);
    boolean last = end < text.length() && attribute.find(end);
    boolean whole = last || (end == text.length() && !text.endsWith("/"));
    if (steps.isEmpty() || !whole) {
      throw new IllegalArgumentException(
          "a key of format xml is a path such as a/b[@idx=1]/c or a/b/@c: " + text);
    }
    return new XmlPath(steps, last ? Optional.of(attribute.group(1)) : Optional.empty());
  }

  private static Map<String, String> given(String text) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher one = ONE_GIVEN.matcher(text);
    while (one.find()) {
      attributes.put(one.group(1), one.group(2));
    }
    return attributes;
  }
}
