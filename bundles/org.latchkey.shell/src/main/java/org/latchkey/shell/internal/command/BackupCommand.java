package org.latchkey.shell.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.latchkey.backup.Backups;
import org.latchkey.backup.NewBackup;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.ShareFiles;

/** Makes a backup. */
@Service
@Command(
    scope = "latchkey",
    name = "backup",
    description =
        "Back up master keys, store and certificates, encrypted; the shares of its key are shown once")
public final class BackupCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "directory",
      description = "A new directory on the machine that runs Karaf",
      required = true,
      multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(name = "--shares", description = "How many shares, each for another person (default 5)")
  int shares = 5;

  @Option(name = "--threshold", description = "How many of them restore the backup (default 3)")
  int threshold = 3;

  @Option(
      name = "--files",
      description = "Write each share into a file of this new directory instead of showing it")
  @Completion(FileCompleter.class)
  String files = "";

  @Override
  public void run(Parts parts, Printout out) {
    Path current = session().currentDir();
    Path directory = current.resolve(arguments(words, "DIRECTORY").get(0));
    Backups backups = parts.require(Backups.class);
    Optional<ShareFiles> folder =
        files.isEmpty() ? Optional.empty() : Optional.of(ShareFiles.in(current.resolve(files)));
    try (NewBackup made = made(backups, directory, folder)) {
      out.line(
          "Backup %s is in %s: %s. Any %d of its %d shares restore it."
              .formatted(
                  made.name(), directory, String.join(", ", made.parts()), threshold, shares));
      made.notes().forEach(out::line);
      if (folder.isPresent()) {
        folder.get().write(made, threshold);
        out.line("The shares are in " + current.resolve(files) + ".");
      } else {
        show(made, out);
      }
      out.line(
          "Give each share to another person, and take the directory off this machine; test it with"
              + " latchkey:restore DIRECTORY --test.");
    } catch (IOException e) {
      throw new RequestRefusedException(
          "The shares can't be written, so the backup is of no use: %s. Remove %s and back up again."
              .formatted(e.getMessage(), directory));
    }
  }

  private NewBackup made(Backups backups, Path directory, Optional<ShareFiles> folder) {
    try {
      return backups.make(directory, shares, threshold, actor());
    } catch (RequestRefusedException e) {
      folder.ifPresent(ShareFiles::discard);
      throw e;
    }
  }

  private static void show(NewBackup made, Printout out) {
    int all = made.shares().size();
    out.line("They are shown this once and kept nowhere:");
    for (int i = 0; i < all; i++) {
      out.line("Share %d of %d: ".formatted(i + 1, all), made.shares().get(i), "");
    }
  }
}
