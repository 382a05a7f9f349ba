package org.latchkey.pbx.reference.internal.call;

import java.util.List;
import java.util.Optional;
import org.latchkey.admission.Originator;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.NameAddr;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Transport;

/** One side of a call: who it is, where it is, and what a BYE to it must say. SIP thread. */
final class Leg {

  private final Originator who;
  private final String tag;
  private final String address;
  private List<String> routes;
  private Flow flow;
  private String contact;
  private long cseq;
  private boolean up;
  private boolean left;

  /**
   * A side.
   *
   * @param who what it proved
   * @param tag its tag
   * @param address its From or To header with the tag
   * @param routes the routes between us and it
   */
  Leg(Originator who, String tag, String address, List<String> routes, Flow flow, String contact) {
    this.who = who;
    this.tag = tag;
    this.address = address;
    this.routes = routes;
    this.flow = flow;
    this.contact = contact;
  }

  Originator who() {
    return who;
  }

  String tag() {
    return tag;
  }

  String address() {
    return address;
  }

  List<String> routes() {
    return routes;
  }

  Flow flow() {
    return flow;
  }

  String contact() {
    return contact;
  }

  /** The greatest CSeq number this side has used. */
  long cseq() {
    return cseq;
  }

  /** The AOR it proved, if it is a phone. */
  Optional<Aor> aor() {
    return who.fold(
        phone -> Optional.of(phone.aor()), u -> Optional.empty(), t -> Optional.empty());
  }

  /** The key it proved; empty text when it is no phone of ours. */
  String keyIdentifier() {
    return who.fold(Originator.Phone::keyIdentifier, unproved -> "", trusted -> "");
  }

  /** Whether it is a trunk, whose datagrams may come from several ports. */
  boolean isTrunk() {
    return who instanceof Originator.Trusted;
  }

  /** Whether something that came on a flow came from this side; a trunk's port may be pinned. */
  boolean isOn(Flow from, TrunkSources trunks) {
    boolean sameHost =
        from.transport() == flow.transport()
            && from.remote().getAddress().equals(flow.remote().getAddress());
    boolean trunk = isTrunk() && sameHost && from.transport() != Transport.TLS;
    return from.equals(flow) || (trunk && trunks.mayBe(from.remote()));
  }

  /** It goes on at another flow that is proved to be its own. */
  void moveTo(Flow now) {
    flow = now;
  }

  /** Learns from a request it sent. */
  void sent(SipMessage request) {
    cseq = Math.max(cseq, request.cseq());
    if (request.method().equals("INVITE") || request.method().equals("UPDATE")) {
      contactOf(request).ifPresent(uri -> contact = uri);
    }
  }

  /**
   * Learns from the answer that made the dialog; its routes hold from now on (section 13.2.2.4).
   */
  void confirmed(List<String> recorded, SipMessage response) {
    routes = recorded;
    up = !left;
    answered(response);
  }

  /** Whether it answered the call and has not hung up since. */
  boolean isUp() {
    return up;
  }

  /** It hung up, or was; a resend of its answer does not bring it back. */
  void hungUp() {
    left |= up;
    up = false;
  }

  /** Learns from an answer it sent. */
  void answered(SipMessage response) {
    if (response.method().equals("INVITE") || response.method().equals("UPDATE")) {
      contactOf(response).ifPresent(uri -> contact = uri);
    }
  }

  /** The URI of the one Contact of a message. */
  static Optional<String> contactOf(SipMessage message) {
    return message.header("Contact").flatMap(NameAddr::of).map(NameAddr::uri);
  }
}
