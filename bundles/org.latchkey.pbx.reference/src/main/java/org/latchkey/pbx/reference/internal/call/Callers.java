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
   * The phone that registered on this very connection, if the request is its own and no other key
   * registered there: behind another proxy one phone could write another's From.
   */
  Optional<Originator.Phone> byFlow(SipMessage request, Flow flow) {
    return onConnection(request, flow)
        .filter(b -> isFrom(request, b) && isAlone(b, flow))
        .map(Callers::phone);
  }

  /**
   * The same for a call for help and a ping, where nobody must be proved: among several phones of a
   * connection the one of From is believed, and one that is alone there may withhold its number.
   */
  Optional<Originator.Phone> named(SipMessage request, Flow flow) {
    return onConnection(request, flow)
        .filter(b -> isFrom(request, b) || isAlone(b, flow))
        .map(Callers::phone);
  }

  /**
   * A registration at the very place a request comes from, if one Via says that nobody passed it
   * on: that of its From or, since a phone may withhold its number, any. On UDP that is no proof of
   * who it is, but enough to let a few calls for help not wait in the line of strangers.
   */
  Optional<Binding> registeredAt(SipMessage request, Flow flow) {
    boolean direct = request.values("Via").size() == 1;
    return direct
        ? from(request)
            .flatMap(aor -> bindings.on(flow, aor))
            .or(() -> bindings.on(flow).findFirst())
        : Optional.empty();
  }

  private Optional<Binding> onConnection(SipMessage request, Flow flow) {
    return flow.transport().isReliable() ? registeredAt(request, flow) : Optional.empty();
  }

  private static boolean isFrom(SipMessage request, Binding binding) {
    return from(request).filter(binding.aor()::equals).isPresent();
  }

  /** Whether no other key registered on a flow. */
  private boolean isAlone(Binding binding, Flow flow) {
    return bindings.on(flow).allMatch(b -> b.keyIdentifier().equals(binding.keyIdentifier()));
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
      return Optional.of(Aor.ofUri(uri, telDomain).withoutKeyIdentifier());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
