package org.latchkey.shell.internal.command;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.latchkey.custody.RegistrarExports;
import org.latchkey.custody.RegistrarExports.Exported;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.NodeKeyFile;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;

/** Exports to a PBX node without a key agent what it needs to check registrations. */
@Service
@Command(
    scope = "latchkey",
    name = "registrar-export",
    description =
        "Seal to a PBX node what it needs to check registrations: subkeys, revocations, holds; never a master key")
public final class RegistrarExportCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "node-key",
      description =
          "The node's public key, as its latchkey:status shows it, or a file that holds it; then a new file for the export",
      required = true,
      multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Override
  public void run(Parts parts, Printout out) {
    List<String> arguments = arguments(words, "NODE-KEY", "FILE");
    Path current = session().currentDir();
    Path file = current.resolve(arguments.get(1));
    String key = NodeKeyFile.keyOf(arguments.get(0), current);
    Exported exported = parts.require(RegistrarExports.class).export(key, file, actor());
    out.line(
        "Export %d is in %s: generations %s, %d revocations, %d holds."
            .formatted(
                exported.number(),
                file,
                exported.generations().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")),
                exported.revocations(),
                exported.holds()));
    out.line(
        "Only the node %s opens it: compare that with its latchkey:status before you bring it there, to latchkey/registrar/export.sealed."
            .formatted(exported.node()));
    out.line("It is signed by this agent: %s.".formatted(exported.agent()));
  }
}
