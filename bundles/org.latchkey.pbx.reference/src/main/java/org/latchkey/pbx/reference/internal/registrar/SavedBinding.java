package org.latchkey.pbx.reference.internal.registrar;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latchkey.key.Aor;
import org.latchkey.pbx.reference.internal.message.SipUri;
import org.latchkey.pbx.reference.internal.transport.Flow;
import org.latchkey.pbx.reference.internal.transport.Transport;

/**
 * A contact of a phone on UDP, as a line of a file has it. Only there is the way to a phone still
 * known after a restart: connections are gone. Nothing in it is secret.
 *
 * @param localPort the port of ours that it registered at
 * @param remote its own address
 * @param registeredAt when it was last refreshed, by the clock on the wall
 * @param expiresAt when it ends, by the same
 */
record SavedBinding(
    Aor aor,
    String contact,
    String instance,
    String keyIdentifier,
    int localPort,
    InetSocketAddress remote,
    String callId,
    long cseq,
    String userAgent,
    Instant registeredAt,
    Instant expiresAt) {

  private static final int FIELDS = 13;

  /** A contact whose times are as much later as the clock was set forward; empty when not UDP. */
  static Optional<SavedBinding> of(Binding b, Duration set) {
    return b.flow().transport() != Transport.UDP
        ? Optional.empty()
        : Optional.of(
            new SavedBinding(
                b.aor(),
                b.contact(),
                b.instance(),
                b.keyIdentifier(),
                b.flow().local().getPort(),
                b.flow().remote(),
                b.callId(),
                b.cseq(),
                b.userAgent(),
                b.registeredAt().plus(set),
                b.expiresAt().plus(set)));
  }

  /** The contact as it was, on a flow that leads to it again; empty when its URI is none. */
  Optional<Binding> on(Flow flow) {
    return SipUri.of(contact)
        .map(
            target ->
                new Binding(
                    aor,
                    contact,
                    target,
                    instance,
                    keyIdentifier,
                    flow,
                    callId,
                    cseq,
                    userAgent,
                    registeredAt,
                    expiresAt));
  }

  /** Whether its times can be those of a contact that is live now. */
  boolean isLive(Instant now) {
    return !registeredAt.isAfter(now)
        && now.isBefore(expiresAt.plus(Binding.GRACE))
        && !expiresAt.isAfter(registeredAt.plus(ContactOrder.MOST));
  }

  /** Its line, without an end. */
  String line() {
    return Stream.of(
            aor.user(),
            aor.domain(),
            contact,
            instance,
            keyIdentifier,
            Integer.toString(localPort),
            remote.getAddress().getHostAddress(),
            Integer.toString(remote.getPort()),
            callId,
            Long.toString(cseq),
            userAgent,
            Long.toString(registeredAt.toEpochMilli()),
            Long.toString(expiresAt.toEpochMilli()))
        .map(field -> URLEncoder.encode(field, StandardCharsets.UTF_8))
        .collect(Collectors.joining("\t"));
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is none
   */
  static SavedBinding parse(String line) {
    List<String> f =
        Arrays.stream(line.split("\t", -1))
            .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
            .toList();
    if (f.size() != FIELDS) {
      throw new IllegalArgumentException("a line has " + f.size() + " fields");
    }
    return new SavedBinding(
        new Aor(f.get(0), f.get(1)),
        f.get(2),
        f.get(3),
        f.get(4),
        Integer.parseInt(f.get(5)),
        address(f.get(6), f.get(7)),
        f.get(8),
        Long.parseLong(f.get(9)),
        f.get(10),
        Instant.ofEpochMilli(Long.parseLong(f.get(11))),
        Instant.ofEpochMilli(Long.parseLong(f.get(12))));
  }

  /** An address that is written in numbers: no name is looked up. */
  private static InetSocketAddress address(String host, String port) {
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
    if (address == null) {
      throw new IllegalArgumentException(host + " is no address");
    }
    return new InetSocketAddress(address, Integer.parseInt(port));
  }
}
