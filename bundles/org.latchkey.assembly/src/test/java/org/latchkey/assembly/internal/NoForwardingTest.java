package org.latchkey.assembly.internal;

import static org.junit.Assert.assertSame;

import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.Test;

public class NoForwardingTest {

  @Test
  public void aServerThatForwardedForEverybodyForwardsForNobody() {
    SshServer server = SshServer.setUpDefaultServer();
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);

    new NoForwarding().bind(server);

    assertSame(RejectAllForwardingFilter.INSTANCE, server.getForwardingFilter());
  }
}
