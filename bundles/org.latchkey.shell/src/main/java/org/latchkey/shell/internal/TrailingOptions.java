package org.latchkey.shell.internal;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.latchkey.key.RequestRefusedException;

/**
 * The options that were typed after the first argument. Karaf reads only those before it, and takes
 * the rest for arguments; people type them in either place.
 */
final class TrailingOptions {

  private final LatchkeyCommand command;
  private final String name;

  private TrailingOptions(LatchkeyCommand command) {
    this.command = command;
    this.name = "latchkey:" + command.getClass().getAnnotation(Command.class).name();
  }

  /**
   * Sets the options among the words on the command.
   *
   * @return the words that are arguments; all after {@code --} are
   * @throws RequestRefusedException for an option that the command does not have, or has no value
   */
  static List<String> take(LatchkeyCommand command, List<String> words) {
    return new TrailingOptions(command).taken(words);
  }

  private List<String> taken(List<String> words) {
    List<String> arguments = new ArrayList<>();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.equals("--")) {
        rest.forEachRemaining(arguments::add);
      } else if (word.startsWith("-") && word.length() > 1) {
        set(word, rest);
      } else {
        arguments.add(word);
      }
    }
    return arguments;
  }

  private void set(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String option = equals < 0 ? word : word.substring(0, equals);
    Field field = field(option);
    String value;
    if (equals >= 0) {
      value = word.substring(equals + 1);
    } else if (field.getType() == boolean.class) {
      value = "true";
    } else if (rest.hasNext()) {
      value = rest.next();
    } else {
      throw refused(option + " needs a value");
    }
    try {
      field.setAccessible(true);
      field.set(command, converted(option, value, field.getType()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("options are fields that can be set", e);
    }
  }

  private Object converted(String option, String value, Class<?> type) {
    if (type == boolean.class) {
      return Boolean.parseBoolean(value);
    }
    if (type != int.class) {
      return value;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw refused(option + " wants a number");
    }
  }

  private Field field(String option) {
    for (Class<?> type = command.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        Option declared = field.getAnnotation(Option.class);
        if (declared != null
            && (declared.name().equals(option) || List.of(declared.aliases()).contains(option))) {
          return field;
        }
      }
    }
    throw refused("'" + option + "' is no option of it");
  }

  private RequestRefusedException refused(String why) {
    return new RequestRefusedException(
        "Nothing was done: %s. %s --help tells what can be said.".formatted(why, name));
  }
}
