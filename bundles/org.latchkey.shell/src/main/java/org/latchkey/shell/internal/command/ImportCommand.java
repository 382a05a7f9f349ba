package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Enrolments;
import org.latchkey.shell.internal.Import;
import org.latchkey.shell.internal.ImportFile;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;

/** Enrols many phones. */
@Service
@Command(
    scope = "latchkey",
    name = "import",
    description = "Enrol the phones of a CSV file, all or none")
public final class ImportCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "file",
      description =
          "A file on this machine; its first line names the columns: extension, and if wanted device, line, name, approval, typed, window",
      required = true,
      multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(name = "--skip-bad", description = "Leave bad lines out instead of changing nothing")
  boolean skipBad;

  @Option(name = "--dry-run", description = "Check every line and change nothing")
  boolean dryRun;

  @Option(
      name = "--keep-lines",
      description = "Other lines stay with their devices, though first lines are enrolled anew")
  boolean keepLines;

  @Option(
      name = "--codes",
      description = "The new owner-only file on this machine for the one-time codes")
  @Nullable String codes;

  @Option(
      name = "--inventory",
      description = "Enter the phones into the inventory, by their MAC addresses and without codes")
  boolean inventory;

  @Override
  public void run(Parts parts, Printout out) {
    String file = arguments(words, "FILE").get(0);
    Enrolments agent = parts.require(Enrolments.class);
    ImportFile phones = ImportFile.read(session().currentDir().resolve(file));
    Import work = new Import(agent, inventory ? phones.asInventory() : phones, out);
    work.check(skipBad || dryRun, keepLines);
    if (dryRun) {
      work.conclude();
    } else if (inventory) {
      work.enlist(actor());
    } else {
      work.enrol(Import.codesFile(codes, session().currentDir()), actor());
    }
  }
}
