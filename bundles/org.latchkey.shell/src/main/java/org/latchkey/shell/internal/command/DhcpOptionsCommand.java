package org.latchkey.shell.internal.command;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.shell.internal.DhcpOption;
import org.latchkey.shell.internal.DhcpServer;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;
import org.latchkey.shell.internal.completion.DhcpServers;

/** Prints what a DHCP server tells phones. */
@Service
@Command(
    scope = "latchkey",
    name = "dhcp-options",
    description = "Print the options by which a DHCP server tells phones where their files are")
public final class DhcpOptionsCommand extends LatchkeyCommand {

  @Argument(
      index = 0,
      name = "server",
      description = "The DHCP server: kea, dnsmasq or windows",
      required = true,
      multiValued = true)
  @Completion(DhcpServers.class)
  List<String> words = List.of();

  @Option(
      name = "--bootstrap",
      description = "Send phones to the listener without TLS first, which must be open")
  boolean bootstrap;

  @Override
  public void run(Parts parts, Printout out) {
    String word = arguments(words, "SERVER").get(0);
    DhcpServer server =
        Arrays.stream(DhcpServer.values())
            .filter(one -> one.word().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing is known of a DHCP server '%s', but of %s."
                            .formatted(
                                word,
                                Arrays.stream(DhcpServer.values())
                                    .map(DhcpServer::word)
                                    .collect(Collectors.joining(", ")))));
    PublicAddress doors = parts.require(PublicAddress.class);
    server.lines(DhcpOption.forPhones(files(doors), bootstrap)).forEach(out::line);
  }

  private URI files(PublicAddress doors) {
    if (!bootstrap) {
      return doors.phones().resolve("provision/");
    }
    return doors
        .bootstrap()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    "The listener without TLS is not open: set bootstrapPort in"
                        + " etc/org.latchkey.https.cfg, or leave --bootstrap out."));
  }
}
