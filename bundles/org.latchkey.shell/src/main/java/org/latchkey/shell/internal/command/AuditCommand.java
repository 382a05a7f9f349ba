package org.latchkey.shell.internal.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditChain;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.AuditFollower;
import org.latchkey.shell.internal.AuditHeadFile;
import org.latchkey.shell.internal.AuditSheet;
import org.latchkey.shell.internal.OptionsOnlyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.StatusSheet;
import org.latchkey.shell.internal.completion.AuditActions;
import org.latchkey.shell.internal.completion.KnownPhones;
import org.latchkey.status.StatusLine;

/** Searches and follows the audit log, verifies it, and exports its head. */
@Service
@Command(scope = "latchkey", name = "audit", description = "What was done, by whom, newest first")
public final class AuditCommand extends OptionsOnlyCommand {

  @Option(
      name = "--phone",
      description =
          "Only entries of this extension, AOR, device identifier, key identifier or network address")
  @Completion(KnownPhones.class)
  String phone = "";

  @Option(name = "--action", description = "Only entries whose action begins so, such as key.")
  @Completion(AuditActions.class)
  String action = "";

  @Option(name = "--limit", description = "How many at most, 1 to 10000")
  int limit = 50;

  @Option(name = "--json", description = "Print JSON for programs")
  boolean json;

  @Option(name = "--follow", description = "Go on with new entries until Ctrl-C, newest last")
  boolean follow;

  @Option(
      name = "--verify",
      description = "Read all of it and name the first entry that was altered, removed or moved")
  boolean verify;

  /** Not completed: a viewer, who may type this command, sees no files of this machine. */
  @Option(
      name = "--head",
      description =
          "A file on this machine: a new one for the signed head of the log, or with --verify one to compare with")
  @Nullable String head;

  @Override
  protected void act(Parts parts, Printout out) {
    if (limit < 1 || limit > 10_000) {
      throw new RequestRefusedException("--limit is a number from 1 to 10000.");
    }
    if (follow && (json || verify || head != null)) {
      throw new RequestRefusedException("--follow goes with --phone, --action and --limit only.");
    }
    Optional<Path> file =
        Optional.ofNullable(head).map(name -> session().currentDir().resolve(name));
    if (verify) {
      verify(parts.require(AuditChain.class), file.map(AuditHeadFile::read), out);
    } else if (file.isPresent()) {
      AuditHeadFile.write(file.get(), parts.require(AuditChain.class).signedHead());
      out.line("The signed head is in " + file.get() + ". Keep it where this machine can't write.");
    } else {
      search(parts, out);
    }
  }

  private void search(Parts parts, Printout out) {
    AuditLog log = parts.require(AuditLog.class);
    if (follow) {
      new AuditFollower(log, parts.require(AuditChain.class), out).follow(phone, action, limit);
      return;
    }
    List<AuditRecord> records = log.search(new AuditQuery(phone, action, 0, limit));
    if (json) {
      AuditSheet.json(records, out);
    } else {
      AuditSheet.print(records, out);
    }
  }

  private void verify(AuditChain chain, Optional<String> exported, Printout out) {
    List<StatusLine> lines;
    try {
      lines = chain.verify(exported);
    } catch (IllegalArgumentException e) {
      throw new RequestRefusedException("Nothing was verified: " + e.getMessage() + ".");
    }
    if (json) {
      out.json(lines.stream().map(AuditCommand::toMap).toList());
    } else {
      lines.forEach(line -> StatusSheet.print(line, out));
    }
    if (lines.stream().anyMatch(line -> line.level() == StatusLine.Level.FAULT)) {
      throw new RequestRefusedException("The audit log is not as it was written: see each FAULT.");
    }
  }

  private static Map<String, Object> toMap(StatusLine line) {
    return Map.of("level", line.level().name(), "words", line.words(), "next", line.next());
  }
}
