package org.latchkey.shell.internal.command;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PbxFiles;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.PbxKinds;

/** Writes a PBX's configuration. */
@Service
@Command(
    scope = "latchkey",
    name = "pbx-config",
    description = "Write the configuration with which a PBX asks Latchkey, with its certificate")
public final class PbxConfigCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "arguments",
      description = "The kind of PBX, such as kamailio, and a new directory on this machine",
      required = true,
      multiValued = true)
  @Completion(PbxKinds.class)
  List<String> words = List.of();

  @Option(
      name = "--at",
      description = "Where the directory will be on the PBX's machine, when not at its usual place")
  String at = "";

  @Override
  public void run(Parts parts, Printout out) {
    List<String> arguments = arguments(words, "PBX", "DIRECTORY");
    PbxConfiguration configuration = configuration(parts, arguments.get(0));
    PbxFiles folder = PbxFiles.in(session().currentDir().resolve(arguments.get(1)));
    try (PbxConfiguration.Files made =
        folder.unlessRefused(
            () ->
                configuration.make(
                    at.isEmpty() ? configuration.usualPlace() : Path.of(at), actor()))) {
      folder.write(made.files());
      out.line("The files are in %s, for their owner only.".formatted(folder.path()));
      made.notes().forEach(out::line);
    }
  }

  private static PbxConfiguration configuration(Parts parts, String pbx) {
    parts.require(PbxConfiguration.class);
    List<PbxConfiguration> all = parts.all(PbxConfiguration.class);
    return all.stream()
        .filter(one -> one.pbx().equals(pbx))
        .findFirst()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "Nothing was written: there is no adapter for '%s' here, but for %s."
                        .formatted(
                            pbx,
                            all.stream()
                                .map(PbxConfiguration::pbx)
                                .collect(Collectors.joining(", ")))));
  }
}
