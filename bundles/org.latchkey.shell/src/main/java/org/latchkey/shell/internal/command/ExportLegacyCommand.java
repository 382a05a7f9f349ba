package org.latchkey.shell.internal.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.latchkey.key.LegacyExports;
import org.latchkey.key.LegacyExports.Exported;
import org.latchkey.key.LegacyExports.Format;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.LegacyFormats;

/** Writes the phones' secrets for a PBX that goes on without Latchkey. */
@Service
@Command(
    scope = "latchkey",
    name = "export-legacy",
    description =
        "Write extension, user and secret of each phone into a file, for a PBX that goes on without Latchkey")
public final class ExportLegacyCommand extends LatchkeyCommand {

  private static final int MOST_NAMED = 20;

  @Argument(
      index = 0,
      name = "file",
      description = "A new file on the machine that runs Karaf",
      required = true,
      multiValued = true)
  @Completion(FileCompleter.class)
  List<String> words = List.of();

  @Option(
      name = "--format",
      description = "For whom: csv (default), asterisk, kamailio, kamailio-sha256 or freeswitch")
  @Completion(LegacyFormats.class)
  String format = Format.CSV.word();

  @Override
  public void run(Parts parts, Printout out) {
    Path file = session().currentDir().resolve(arguments(words, "FILE").get(0));
    Exported exported = parts.require(LegacyExports.class).export(file, format(), actor());
    out.line(
        "The secrets of %d keys for %d extensions are in %s, for its owner only."
            .formatted(exported.keys(), exported.extensions(), file));
    leftOut(exported, out);
    out.line(
        "Who reads it can be any of these phones: bring it to the PBX, then delete it. docs/leaving.md says how the PBX takes it.");
  }

  private static void leftOut(Exported exported, Printout out) {
    if (exported.held() > 0) {
      out.line(
          "%d keys are held and not in it: release or revoke their phones, which latchkey:phones lists."
              .formatted(exported.held()));
    }
    int unknown = exported.withoutRecord().size();
    if (unknown > 0) {
      out.line(
          "%d phones are registered with a key that there is no record of, and are not in it: enrol them anew, then export again."
              .formatted(unknown));
      exported.withoutRecord().stream().limit(MOST_NAMED).forEach(one -> out.line("  " + one));
      if (unknown > MOST_NAMED) {
        out.line("  and %d more".formatted(unknown - MOST_NAMED));
      }
    }
    if (!exported.silent().isEmpty()) {
      out.line(
          "Whether such phones are registered at %s is not known, it did not answer."
              .formatted(String.join(", ", exported.silent())));
    }
  }

  private Format format() {
    return Format.of(format)
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "Nothing was written: there is no format '%s'. Type one of %s."
                        .formatted(
                            format,
                            Arrays.stream(Format.values())
                                .map(Format::word)
                                .collect(Collectors.joining(", ")))));
  }
}
