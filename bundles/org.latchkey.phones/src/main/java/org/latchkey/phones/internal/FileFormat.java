package org.latchkey.phones.internal;

import java.util.List;

/** A format of configuration files: it alone knows what has to be escaped. */
interface FileFormat {

  /**
   * One value and its place.
   *
   * @param key the place, without variables
   * @param value what goes there
   * @param context what the value's variables are about
   */
  record Row(String key, Template value, Context context) {}

  /**
   * Looks whether a key has its form here.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  void check(String key);

  /** Whether a key is written once for each line even where it does not name the line. */
  default boolean ofEachLine(String key) {
    return false;
  }

  /** The media type that its files have. */
  String contentType();

  /** Writes a file. */
  void write(List<Row> rows, WipedOutput out);

  /**
   * The format of this name.
   *
   * @param root for XML, the elements around everything
   * @throws IllegalArgumentException when there is none
   */
  static FileFormat named(String name, String root) {
    return switch (name) {
      case "xml" -> new XmlFormat(root);
      case "accounts" -> new AccountsFormat();
      default ->
          LineFormat.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no format "
                              + name
                              + "; there are xml, accounts, "
                              + LineFormat.names()));
    };
  }
}
