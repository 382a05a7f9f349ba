package org.latchkey.shell.internal;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;
import org.latchkey.phone.FilePreviews;

/** The file that a phone would be served, with asterisks in the place of its secrets. */
public final class PreviewSheet {

  private final FilePreviews previews;
  private final Enrolments agent;
  private final Registrar registrar;
  private final Set<String> shown = new HashSet<>();
  private final Printout out;

  /** A sheet to be printed. */
  public PreviewSheet(Parts parts, Printout out) {
    this.previews = parts.require(FilePreviews.class);
    this.agent = parts.require(Enrolments.class);
    this.registrar = agent.site().registrar();
    this.out = out;
  }

  /** Prints it, or why there is none. */
  public void print(Phone phone) {
    phone
        .record()
        .ifPresentOrElse(
            this::print, () -> out.line(phone.aor() + " has no key of ours, and no file with it."));
  }

  /** A file of several lines is printed once. */
  private void print(KeyRecord key) {
    if (!shown.add(key.keyIdentifier())) {
      return;
    }
    List<KeyRecord> lines = agent.lines(key.keyIdentifier());
    lines.forEach(line -> shown.add(line.keyIdentifier()));
    previews
        .preview(lines, registrar)
        .ifPresentOrElse(
            file -> {
              out.line("The file of " + key.keyIdentifier() + ", secrets masked:");
              try (Secret body = file.body()) {
                new String(body.copy(), StandardCharsets.UTF_8).lines().forEach(out::line);
              }
            },
            () ->
                out.line(
                    "There is no file to show of %s: the profile %s, or the HTTPS doors, are not running, or it has none."
                        .formatted(key.keyIdentifier(), key.profile())));
  }
}
