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

  /** The phone that registered on this very connection, if the request is its own. */
  Optional<Originator.Phone> byFlow(SipMessage request, Flow flow) {
    return flow.transport().isReliable()
        ? ofFrom(request, flow).map(Callers::phone)
        : Optional.empty();
  }

  /**
   * The phone that calls for help on the connection it registered on, as well as that says it: one
   * that withholds its number is known where it is alone.
   */
  Optional<Originator.Phone> forHelp(SipMessage request, Flow flow) {
    return flow.transport().isReliable()
        ? registeredAt(request, flow)
            .filter(b -> ofFrom(request, flow).isPresent() || isAlone(b, flow))
            .map(Callers::phone)
        : Optional.empty();
  }

  /**
   * A registration at the very place a request comes from: that of its From or, since a phone may
   * withhold its number, any. On UDP that is no proof of who it is, but enough to let a few calls
   * for help not wait in the line of strangers.
   */
  Optional<Binding> registeredAt(SipMessage request, Flow flow) {
    Optional<Binding> any = isDirect(request) ? bindings.on(flow).findFirst() : Optional.empty();
    return ofFrom(request, flow).or(() -> any);
  }

  private Optional<Binding> ofFrom(SipMessage request, Flow flow) {
    return isDirect(request)
        ? from(request).flatMap(aor -> bindings.on(flow, aor))
        : Optional.empty();
  }

  /** Whether no other key registered on a flow. */
  private boolean isAlone(Binding binding, Flow flow) {
    return bindings.on(flow).allMatch(b -> b.keyIdentifier().equals(binding.keyIdentifier()));
  }

  /** One Via says that nobody passed a request on. */
  private static boolean isDirect(SipMessage request) {
    return request.values("Via").size() == 1;
  }

  private static Originator.Phone phone(Binding binding) {
    return new Originator.Phone(binding.keyIdentifier(), binding.aor(), true);
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
