package org.latchkey.assembly.internal;

import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Takes port forwarding away from the console's SSH: Karaf lets everybody who may log in forward
 * ports, which makes a viewer a caller on this machine, and this machine's address a way into the
 * network behind it. Karaf has no setting for it.
 */
@Component(
    service = {},
    immediate = true)
public final class NoForwarding {

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bind(SshServer server) {
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
  }

  /** A server that goes takes its filter along. */
  void unbind(SshServer server) {}
}
