package org.latchkey.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.door.PbxTokens;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PlainText;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.PbxTokenNames;

/** Makes bearer tokens for PBXs that can't show a certificate, and ends them. */
@Service
@Command(
    scope = "latchkey",
    name = "pbx-token",
    description =
        "Make a bearer token with which a PBX asks at the PBX door instead of showing a certificate; without a name, list them")
public final class PbxTokenCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "name",
      description = "Who will show it, such as pbx1",
      multiValued = true)
  List<String> words = List.of();

  @Option(name = "--revoke", description = "End the token of this name")
  @Completion(PbxTokenNames.class)
  String revoke = "";

  @Override
  public void run(Parts parts, Printout out) {
    List<String> arguments = optionalArguments(words);
    PbxTokens tokens = parts.require(PbxTokens.class);
    if (arguments.isEmpty() && revoke.isEmpty()) {
      list(tokens.tokens(), out);
    } else if (arguments.isEmpty()) {
      tokens.revoke(revoke, actor());
      out.line("The token '%s' is good no more, on open connections too.".formatted(revoke));
    } else if (arguments.size() == 1 && revoke.isEmpty()) {
      make(tokens, arguments.get(0), out);
    } else {
      throw new RequestRefusedException(
          "Nothing was done: type latchkey:pbx-token NAME, latchkey:pbx-token --revoke NAME or latchkey:pbx-token.");
    }
  }

  private static void make(PbxTokens tokens, String name, Printout out) {
    boolean first = tokens.tokens().isEmpty();
    try (Secret token = tokens.make(name, actor())) {
      out.line("It is shown this once and kept nowhere. The PBX sends with each request:");
      out.line("  Authorization: Bearer ", token, "");
    }
    if (first) {
      out.line(
          "Within a few seconds the PBX door takes connections without a certificate, and refuses each request without a token.");
    }
  }

  private static void list(List<PbxTokens.Token> tokens, Printout out) {
    if (tokens.isEmpty()) {
      out.line("There is none: the PBX door demands a client certificate.");
      return;
    }
    out.table(
        List.of("Token", "Made"),
        tokens.stream().map(one -> List.of(one.name(), PlainText.of(one.madeAt()))).toList());
  }
}
