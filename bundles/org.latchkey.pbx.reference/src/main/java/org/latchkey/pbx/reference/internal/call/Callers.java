package org.latchkey.pbx.reference.internal.call;

import java.util.Optional;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.NameAddr;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.registrar.Binding;
import org.latchkey.pbx.reference.internal.registrar.Bindings;
import org.latchkey.pbx.reference.internal.transport.Flow;

/** Who a request is from, as far as its connection proves it. Any thread. */
final class Callers {

  private final Bindings bindings;

  Callers(Bindings bindings) {
    this.bindings = bindings;
  }

  /**
   * The phone that registered on this very connection, if the request is its own: one Via says that
   * nobody passed it on.
   */
  Optional<Originator.Phone> byFlow(SipMessage request, Flow flow) {
    Optional<Binding> here =
        flow.transport().isReliable() ? registeredAt(request, flow) : Optional.empty();
    return here.map(b -> new Originator.Phone(b.keyIdentifier(), b.aor(), true));
  }

  /**
   * The registration of its From at the very place a request comes from. On UDP that is no proof of
   * who it is, but enough to let a few calls for help not wait in the line of strangers.
   */
  Optional<Binding> registeredAt(SipMessage request, Flow flow) {
    boolean direct = request.values("Via").size() == 1;
    return direct ? from(request).flatMap(aor -> bindings.on(flow, aor)) : Optional.empty();
  }

  /** The AOR of From; empty when it is none. */
  static Optional<Aor> from(SipMessage request) {
    return request
        .header("From")
        .flatMap(NameAddr::of)
        .flatMap(from -> aor(from.uri(), "tel.invalid"));
  }

  /** The AOR of a URI; empty when it is none. */
  static Optional<Aor> aor(String uri, String telDomain) {
    try {
      return Optional.of(Aor.ofUri(uri, telDomain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
