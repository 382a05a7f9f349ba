package org.latchkey.shell.internal.completion;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.shell.internal.DhcpServer;
import org.latchkey.shell.internal.Parts;

/** Suggests the DHCP servers that options can be printed for. */
@Service
public final class DhcpServers extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return Arrays.stream(DhcpServer.values()).map(DhcpServer::word);
  }
}
