package org.latchkey.shell.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.latchkey.backup.Backups;
import org.latchkey.backup.OpenBackup;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.ShareFiles;
import org.latchkey.shell.internal.TypedSecret;

/** Brings a backup back. */
@Service
@Command(
    scope = "latchkey",
    name = "restore",
    description = "Restore a backup on a new node; its shares are asked for")
public final class RestoreCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "directory",
      description = "The directory of the backup, on the machine that runs Karaf",
      required = true,
      multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(
      name = "--files",
      description = "Read the shares from these files, with commas between them")
  @Completion(FileCompleter.class)
  String files = "";

  @Option(name = "--test", description = "Find out whether it could be restored; change nothing")
  boolean test;

  @Option(
      name = "--discard-phones",
      description =
          "Restore though this node has phones: their keys, enrolments and holds are lost")
  boolean discard;

  @Override
  public void run(Parts parts, Printout out) {
    Path current = session().currentDir();
    Path directory = current.resolve(arguments(words, "DIRECTORY").get(0));
    try (OpenBackup backup = parts.require(Backups.class).open(directory)) {
      out.line(
          "Backup %s of %s; any %d of its %d shares restore it."
              .formatted(backup.name(), backup.takenAt(), backup.threshold(), backup.shares()));
      if (files.isEmpty()) {
        typed(backup, out);
      } else {
        read(backup, current);
      }
      List<String> notes = test ? backup.rehearse(actor()) : backup.restore(discard, actor());
      out.line(
          test
              ? "It can be restored. Nothing was changed."
              : "Restored. latchkey:status says how things are.");
      notes.forEach(out::line);
    }
  }

  private void read(OpenBackup backup, Path current) {
    for (String name : files.split(",", -1)) {
      try (Secret share = ShareFiles.read(current.resolve(name.strip()))) {
        backup.give(share);
      } catch (RequestRefusedException e) {
        throw new RequestRefusedException(name.strip() + ": " + e.getMessage());
      }
    }
  }

  private void typed(OpenBackup backup, Printout out) {
    while (backup.needed() > 0) {
      int next = backup.threshold() - backup.needed() + 1;
      String prompt = "Share, the %d. of %d: ".formatted(next, backup.threshold());
      try (Secret share = TypedSecret.read(session(), prompt)) {
        if (share.length() == 0) {
          throw new RequestRefusedException(
              "Nothing was restored: %d more shares are needed.".formatted(backup.needed()));
        }
        out.line(answer(backup, share));
      } catch (IOException e) {
        throw new RequestRefusedException(
            "Nothing was restored: no share could be read. Type latchkey:restore on a console.");
      }
    }
  }

  private static String answer(OpenBackup backup, Secret share) {
    try {
      return "Share %d is right.".formatted(backup.give(share));
    } catch (RequestRefusedException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
