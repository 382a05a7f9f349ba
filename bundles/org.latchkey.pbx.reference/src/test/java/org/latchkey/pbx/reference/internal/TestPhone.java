package org.latchkey.pbx.reference.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A phone that says exactly what a test wants, over a real socket. */
final class TestPhone implements AutoCloseable {

  private static final AtomicInteger NUMBERS = new AtomicInteger(1);

  final String user;
  final BlockingQueue<SipMessage> inbox;
  private final Wire wire;

  /** How a phone's messages travel. */
  interface Wire extends AutoCloseable {
    void send(byte[] message) throws IOException;

    InetSocketAddress local();

    String transport();

    @Override
    void close() throws IOException;
  }

  TestPhone(String user, WireMaker maker) throws IOException {
    this.user = user;
    this.inbox = new LinkedBlockingQueue<>();
    this.wire = maker.open(inbox::add);
  }

  private TestPhone(String user, TestPhone first) {
    this.user = user;
    this.inbox = first.inbox;
    this.wire = first.wire;
  }

  /** Another line on the same wire, with the same inbox. */
  TestPhone otherLine(String other) {
    return new TestPhone(other, this);
  }

  /** Opens a wire whose messages go to a listener. */
  interface WireMaker {
    Wire open(Consumer<SipMessage> listener) throws IOException;
  }

  static TestPhone udp(String user, PbxRig rig) throws IOException {
    return new TestPhone(user, to -> Wires.udp(rig.udp(), to));
  }

  static TestPhone tcp(String user, PbxRig rig) throws IOException {
    return new TestPhone(user, to -> Wires.tcp(rig.tcp(), to));
  }

  String aor() {
    return "sip:" + user + "@" + PbxRig.DOMAIN;
  }

  int port() {
    return wire.local().getPort();
  }

  String contact() {
    InetSocketAddress local = wire.local();
    String transport = wire.transport().equals("UDP") ? "" : ";transport=" + wire.transport();
    return "sip:" + user + "@127.0.0.1:" + local.getPort() + transport;
  }

  String via() {
    return "SIP/2.0/%s 127.0.0.1:%d;rport;branch=z9hG4bK%d"
        .formatted(wire.transport(), wire.local().getPort(), NUMBERS.getAndIncrement());
  }

  /** A request outside any dialog. */
  SipMessage.Editor request(String method, String uri, String to) {
    int number = NUMBERS.getAndIncrement();
    return SipMessage.request(method, uri)
        .add("Via", via())
        .add("Max-Forwards", "70")
        .add("From", "<" + aor() + ">;tag=f" + number)
        .add("To", "<" + to + ">")
        .add("Call-ID", "call-" + number + "@test")
        .add("CSeq", "1 " + method)
        .add("Contact", "<" + contact() + ">");
  }

  SipMessage.Editor register(int expires) {
    return request("REGISTER", "sip:" + PbxRig.DOMAIN, aor())
        .add("Expires", Integer.toString(expires));
  }

  SipMessage.Editor invite(String uri) {
    return request("INVITE", uri, uri);
  }

  void send(SipMessage message) {
    send(message.bytes());
  }

  void send(byte[] bytes) {
    try {
      wire.send(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message, which must come within twenty seconds: machines that build are busy. */
  SipMessage next() {
    return within(20_000)
        .orElseThrow(() -> new AssertionError(user + " waited for a message in vain"));
  }

  Optional<SipMessage> within(long millis) {
    try {
      return Optional.ofNullable(inbox.poll(millis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next request of a method. */
  SipMessage nextRequest(String method) {
    SipMessage message = next();
    while (!message.isRequest() || !message.method().equals(method)) {
      message = next();
    }
    return message;
  }

  /** Waits until a call rings here, among others and their resends. */
  void isRungBy(SipMessage invite) {
    SipMessage ringing = nextRequest("INVITE");
    while (!ringing.callId().equals(invite.callId())) {
      ringing = nextRequest("INVITE");
    }
  }

  /** The next answer that is not provisional. */
  SipMessage finalAnswer() {
    SipMessage message = next();
    while (message.isRequest() || message.status() < 200) {
      message = next();
    }
    return message;
  }

  /** The same request again with credentials for a challenge. */
  SipMessage answering(SipMessage request, SipMessage challenge, String secret) {
    boolean proxy = challenge.status() == 407;
    String header =
        challenge.header(proxy ? "Proxy-Authenticate" : "WWW-Authenticate").orElseThrow();
    String credentials =
        Digests.credentials(
            header, KeyedAuthenticator.keyOf(user), secret, request.method(), request.uri());
    return request
        .edit()
        .set("Via", via())
        .set("CSeq", (request.cseq() + 1) + " " + request.method())
        .add(proxy ? "Proxy-Authorization" : "Authorization", credentials)
        .build();
  }

  /** Sends a request, answers the challenge, and gives the final answer to that. */
  SipMessage proved(SipMessage request) {
    send(request);
    SipMessage challenge = finalAnswer();
    send(answering(request, challenge, KeyedAuthenticator.secretOf(user)));
    return finalAnswer();
  }

  TestPhone registered() {
    SipMessage ok = proved(register(600).build());
    if (ok.status() != 200) {
      throw new AssertionError("not registered: " + ok.status());
    }
    return this;
  }

  /** An answer of this phone. */
  SipMessage.Editor answer(SipMessage request, int status) {
    SipMessage.Editor answer = SipMessage.response(status, "Said by a test");
    for (String name : new String[] {"Via", "Record-Route", "From", "Call-ID", "CSeq"}) {
      request.headers(name).forEach(value -> answer.add(name, value));
    }
    String to = request.header("To").orElseThrow();
    boolean tagged = !request.tag("To").isEmpty();
    answer.add("To", tagged ? to : to + ";tag=" + user + "-" + request.callId().hashCode());
    return answer.add("Contact", "<" + contact() + ">");
  }

  /** A request inside the dialog that an answered INVITE made, from the caller's side. */
  SipMessage.Editor inDialog(SipMessage ok, String method, int cseq) {
    SipMessage.Editor request =
        SipMessage.request(method, ok.header("Contact").orElseThrow().replaceAll("[<>]", ""))
            .add("Via", via())
            .add("Max-Forwards", "70");
    List<String> routes = ok.values("Record-Route");
    Collections.reverse(routes);
    routes.forEach(route -> request.add("Route", route));
    return request
        .add("From", ok.header("From").orElseThrow())
        .add("To", ok.header("To").orElseThrow())
        .add("Call-ID", ok.callId())
        .add("CSeq", cseq + " " + method)
        .add("Contact", "<" + contact() + ">");
  }

  /** A request inside the dialog of an INVITE this phone answered. */
  SipMessage.Editor inDialogAsCalled(SipMessage invite, SipMessage ok, String method, int cseq) {
    SipMessage.Editor request =
        SipMessage.request(method, invite.header("Contact").orElseThrow().replaceAll("[<>]", ""))
            .add("Via", via())
            .add("Max-Forwards", "70");
    invite.values("Record-Route").forEach(route -> request.add("Route", route));
    return request
        .add("From", ok.header("To").orElseThrow())
        .add("To", ok.header("From").orElseThrow())
        .add("Call-ID", ok.callId())
        .add("CSeq", cseq + " " + method)
        .add("Contact", "<" + contact() + ">");
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
