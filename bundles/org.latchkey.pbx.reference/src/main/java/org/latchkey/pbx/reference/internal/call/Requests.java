package org.latchkey.pbx.reference.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latchkey.pbx.reference.internal.message.NameAddr;
import org.latchkey.pbx.reference.internal.message.SipMessage;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Transport;

/** Requests as a proxy changes them (RFC 3261 section 16.6). */
final class Requests {

  /** The user part of our Record-Route: how we know it again. */
  private static final String ROUTE_USER = "latchkey";

  /** What a receiver that trusts us would show in place of From (RFC 3325, and older drafts). */
  private static final List<String> IDENTITIES =
      List.of("P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID");

  private Requests() {}

  /** A request of the same hop: an ACK or CANCEL of what was sent. */
  static SipMessage.Editor sameHop(SipMessage sent, String method) {
    SipMessage.Editor request = SipMessage.request(method, sent.uri());
    request.add("Via", sent.values("Via").get(0)).add("Max-Forwards", "70");
    sent.headers("Route").forEach(route -> request.add("Route", route));
    for (String name : List.of("From", "To", "Call-ID")) {
      sent.header(name).ifPresent(value -> request.add(name, value));
    }
    return request.add("CSeq", sent.cseq() + " " + method);
  }

  /**
   * A request as it is passed on: one hop less, our Via on top; all Routes and credentials gone,
   * and whoever else its sender says it is. Where it goes is not decided by anything in it.
   */
  static SipMessage.Editor forwarded(SipMessage request, Flow to, String branch) {
    int hops = hops(request) - 1;
    SipMessage.Editor forwarded = request.edit().remove("Route");
    forwarded.remove("Proxy-Authorization");
    IDENTITIES.forEach(forwarded::remove);
    forwarded.set("Max-Forwards", Integer.toString(hops));
    return forwarded.addFirst("Via", via(to, branch));
  }

  /**
   * A request of a dialog as it is passed on to one of its sides: by that side's own contact and
   * routes (RFC 3261 section 12.2.1.1), whatever the sender wrote there, and without the fields
   * that name another call or another target.
   */
  static SipMessage.Editor inDialog(SipMessage request, Leg to, Flow flow, String branch) {
    SipMessage.Editor forwarded = forwarded(request, flow, branch);
    withoutOtherCalls(forwarded);
    if (!request.method().equals("REFER")) {
      forwarded.remove("Refer-To");
    }
    to.routes().forEach(route -> forwarded.add("Route", route));
    return forwarded.uri(to.contact().isEmpty() ? "sip:" + flow.source() : to.contact());
  }

  /** Takes away what would make the receiver put this call in another's place. */
  static SipMessage.Editor withoutOtherCalls(SipMessage.Editor request) {
    return request.remove("Replaces").remove("Join").remove("Request-Disposition");
  }

  /** What was sent by a way that broke, for another one: its Via and Record-Routes are others. */
  static SipMessage byAnotherWay(SipMessage sent, Flow caller, Flow to, String branch) {
    List<String> vias = new ArrayList<>(sent.values("Via"));
    vias.set(0, via(to, branch));
    SipMessage.Editor again = sent.edit().setAll("Via", vias);
    again.setAll("Record-Route", foreign(sent.values("Record-Route")));
    recordRoute(again, caller, to);
    return again.build();
  }

  /** Our Via towards a peer. */
  static String via(Flow to, String branch) {
    String rport = to.transport() == Transport.UDP ? ";rport" : "";
    return "SIP/2.0/" + to.transport() + ' ' + to.localHostPort() + ";branch=" + branch + rport;
  }

  /** How many hops a request may still make; 70 when it does not say. */
  static int hops(SipMessage request) {
    return request.header("Max-Forwards").map(Integer::parseInt).orElse(70);
  }

  /**
   * Our two Record-Routes, the one for the called side on top (RFC 5658 section 4): each phone sees
   * us by its own transport.
   */
  static void recordRoute(SipMessage.Editor invite, Flow caller, Flow called) {
    invite.addFirst("Record-Route", route(caller));
    if (!caller.localHostPort().equals(called.localHostPort())) {
      invite.addFirst("Record-Route", route(called));
    }
  }

  /** The routes of a message that are not ours, in order. */
  static List<String> foreign(List<String> routes) {
    List<String> foreign = new ArrayList<>(routes);
    foreign.removeIf(Requests::isOurs);
    return foreign;
  }

  /**
   * The routes from us to the side that sent an answer: what was recorded beyond us, the nearest
   * first. What the caller's side recorded stands behind ours and is no part of it.
   */
  static List<String> beyond(SipMessage answer) {
    List<String> recorded = answer.values("Record-Route");
    List<String> beyond = new ArrayList<>();
    for (String route : recorded) {
      if (isOurs(route)) {
        return beyond;
      }
      beyond.add(0, route);
    }
    return List.of();
  }

  private static String route(Flow flow) {
    String transport =
        flow.transport() == Transport.UDP
            ? ""
            : ";transport=" + flow.transport().name().toLowerCase(Locale.ROOT);
    return "<sip:" + ROUTE_USER + '@' + flow.localHostPort() + transport + ";lr>";
  }

  private static boolean isOurs(String route) {
    return NameAddr.of(route)
        .flatMap(address -> SipUri.of(address.uri()))
        .filter(uri -> uri.user().equals(ROUTE_USER))
        .isPresent();
  }
}
