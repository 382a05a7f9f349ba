package org.latchkey.itests.conformance;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the kit was told to do: the PBX's address, and options that begin with two dashes. */
final class Options {

  private static final List<String> NAMES =
      List.of(
          "instance",
          "console",
          "user",
          "identity",
          "door",
          "ca",
          "extensions",
          "sha256",
          "destination",
          "answer-at",
          "emergency",
          "bundles",
          "gone",
          "back",
          "hang",
          "resume",
          "limits");

  private final Place pbx;
  private final Map<String, String> given;

  private Options(Place pbx, Map<String, String> given) {
    this.pbx = pbx;
    this.given = given;
  }

  /**
   * Where something listens.
   *
   * @param host its name or address
   * @param port its port
   */
  record Place(String host, int port) {

    static Place of(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException(text + " is not HOST:PORT");
      }
      return new Place(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
  }

  /** Reads the words of a command line. */
  static Options of(List<String> words) {
    Map<String, String> given = new HashMap<>();
    Optional<Place> pbx = Optional.empty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        if (pbx.isPresent()) {
          throw new IllegalArgumentException("one PBX at a time: " + word);
        }
        pbx = Optional.of(Place.of(word));
      } else if (!NAMES.contains(word.substring(2))) {
        throw new IllegalArgumentException("no option is called " + word);
      } else if (i + 1 == words.size()) {
        throw new IllegalArgumentException(word + " wants a value");
      } else {
        given.put(word.substring(2), words.get(++i));
      }
    }
    return new Options(
        pbx.orElseThrow(() -> new IllegalArgumentException("say which PBX: HOST:PORT")), given);
  }

  Place pbx() {
    return pbx;
  }

  Place console() {
    return Place.of(given.getOrDefault("console", "127.0.0.1:8101"));
  }

  /** The administrator's name on that console: admin in the assembly, karaf in a stock Karaf. */
  String user() {
    return given.getOrDefault("user", "admin");
  }

  Path identity() {
    return file("identity", "latchkey/admin_key");
  }

  Place door() {
    return Place.of(given.getOrDefault("door", "localhost:8443"));
  }

  Path ca() {
    return file("ca", "latchkey/tls/ca.pem");
  }

  private Path file(String name, String below) {
    return given.containsKey(name)
        ? Path.of(given.get(name))
        : Path.of(given.getOrDefault("instance", System.getProperty("latchkey.instance", "")))
            .resolve(below);
  }

  /** The first of the extensions that are the kit's own. */
  int extensions() {
    String first = given.getOrDefault("extensions", "9501");
    if (!first.matches("[1-9][0-9]{2,8}")) {
      throw new IllegalArgumentException("--extensions wants the first number, such as 9501");
    }
    return Integer.parseInt(first);
  }

  /** A TLS listener of the PBX that challenges with SHA-256. */
  Optional<Place> sha256() {
    return Optional.ofNullable(given.get("sha256")).map(Place::of);
  }

  /** What is dialled where a permitted destination is wanted. */
  String destination() {
    return given.getOrDefault("destination", "latchkey-test");
  }

  /** The port on this machine to which that destination leads; 0 when somebody else answers. */
  int answerAt() {
    return Integer.parseInt(given.getOrDefault("answer-at", "5099"));
  }

  Optional<String> emergency() {
    return Optional.ofNullable(given.get("emergency"));
  }

  /** The bundles that are the provider, as the Karaf shell takes them. */
  String bundles() {
    return given.getOrDefault("bundles", "org.latchkey.authenticator org.latchkey.quarantine");
  }

  /** A command of this machine for a moment of the tests: gone, back, hang, resume. */
  Optional<String> command(String name) {
    return Optional.ofNullable(given.get(name));
  }

  /** The table of what this kind of PBX can't do. */
  Optional<Path> limits() {
    return Optional.ofNullable(given.get("limits")).map(Path::of);
  }
}
