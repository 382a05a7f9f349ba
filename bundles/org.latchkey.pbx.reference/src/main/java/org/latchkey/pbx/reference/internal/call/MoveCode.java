package org.latchkey.pbx.reference.internal.call;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.key.Aor;
import org.latchkey.key.Secret;

/**
 * The short code of users who move, {@code *99*EXTENSION*PIN}. Whatever begins with {@code *99} is
 * taken for it, so that digits of a PIN that was mistyped are nobody's business either.
 *
 * @param prefix what it begins with; empty for no such code
 */
public record MoveCode(String prefix) {

  private static final Pattern FORM = Pattern.compile("(?:[*#][0-9]{1,8})?");
  private static final Pattern REST = Pattern.compile("\\*([0-9]{1,32})\\*([0-9]{8})#?");

  /** What was dialled; whoever reads it closes it. */
  static final class Dialled implements AutoCloseable {
    private final String extension;
    private final Secret pin;

    Dialled(String extension, Secret pin) {
      this.extension = extension;
      this.pin = pin;
    }

    String extension() {
      return extension;
    }

    Secret pin() {
      return pin;
    }

    @Override
    public void close() {
      pin.close();
    }
  }

  /**
   * Why the code can't be used beside these destinations; empty when it can, or is off.
   *
   * @param destinations what everybody reaches, which no code may stand before
   */
  public Optional<String> fault(PermittedDestinations destinations) {
    if (!FORM.matcher(prefix).matches()) {
      return Optional.of("moveCode is * or # and 1 to 8 digits, such as *99, or nothing");
    }
    return destinations.all().stream()
        .map(PermittedDestinations.Destination::dialled)
        .filter(dialled -> !prefix.isEmpty() && dialled.startsWith(prefix))
        .findFirst()
        .map(
            dialled ->
                "moveCode " + prefix + " stands before the permitted destination " + dialled);
  }

  /** What follows the code in a Request-URI, be it in force or not; empty when it is none. */
  Optional<String> rest(String requestUri) {
    if (prefix.isEmpty() || !FORM.matcher(prefix).matches()) {
      return Optional.empty();
    }
    try {
      String user = Aor.userOf(requestUri);
      return user.startsWith(prefix)
          ? Optional.of(user.substring(prefix.length()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What was dialled, if it is complete. */
  static Optional<Dialled> read(String rest) {
    Matcher matcher = REST.matcher(rest);
    return matcher.matches()
        ? Optional.of(new Dialled(matcher.group(1), Secret.ofText(matcher.group(2))))
        : Optional.empty();
  }
}
