package org.latchkey.shell.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.latchkey.key.Enrolments;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;
import org.latchkey.phone.FilePreviews;

/** The file that a phone would be served, with asterisks in the place of its secrets. */
public final class PreviewSheet {

  private final FilePreviews previews;
  private final Registrar registrar;
  private final Printout out;

  /** A sheet to be printed. */
  public PreviewSheet(Parts parts, Printout out) {
    this.previews = parts.require(FilePreviews.class);
    this.registrar = parts.require(Enrolments.class).site().registrar();
    this.out = out;
  }

  /** Prints it, or why there is none. */
  public void print(Phone phone) {
    phone
        .record()
        .ifPresentOrElse(
            this::print, () -> out.line(phone.aor() + " has no key of ours, and no file with it."));
  }

  private void print(KeyRecord key) {
    previews
        .preview(List.of(key), registrar)
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
