package org.latchkey.pbx.radius.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.RawAttribute;
import org.aaa4j.radius.core.packet.Packet;
import org.aaa4j.radius.core.packet.PacketCodec;
import org.aaa4j.radius.core.packet.PacketCodecException;

/** Reads questions and writes answers. Thread-safe. */
final class Packets {

  /** The least and the most bytes of a packet (RFC 2865 section 3). */
  static final int LEAST_BYTES = 20;

  static final int MOST_BYTES = 4096;

  private static final int ACCESS_REQUEST = 1;
  private static final int ACCESS_ACCEPT = 2;
  private static final int ACCESS_REJECT = 3;
  private static final int ACCESS_CHALLENGE = 11;
  private static final int MESSAGE_AUTHENTICATOR = 80;
  private static final int MAC_BYTES = 16;
  private static final int SIP_AVP = 225;

  private final PacketCodec codec = new PacketCodec(new NoDictionary());

  /** The length that a packet says it has. */
  static int saidLength(byte[] start) {
    return (start[2] & 0xff) << 8 | (start[3] & 0xff);
  }

  /**
   * Reads a question. What is behind its said length is padding.
   *
   * @param demanded whether it must have a Message-Authenticator (RFC 3579 section 3.2)
   * @return empty for whatever has to be dropped without a word: no Access-Request, not
   *     well-formed, not authentic, or led through a proxy without proof of it
   */
  Optional<AccessRequest> read(byte[] datagram, byte[] secret, boolean demanded) {
    if (datagram.length < LEAST_BYTES || datagram[0] != ACCESS_REQUEST) {
      return Optional.empty();
    }
    int length = saidLength(datagram);
    if (length < LEAST_BYTES || length > datagram.length || length > MOST_BYTES) {
      return Optional.empty();
    }
    byte[] packet = Arrays.copyOf(datagram, length);
    int mac = authenticatorAt(packet);
    if (mac < 0 || (mac == 0 && demanded) || (mac > 0 && !isAuthentic(packet, mac, secret))) {
      return Optional.empty();
    }
    try {
      AccessRequest request = new AccessRequest(codec.decodeRequest(packet, secret));
      // Blast-RADIUS forges an answer with the help of Proxy-State that comes back.
      return mac > 0 || request.proxyStates().isEmpty() ? Optional.of(request) : Optional.empty();
    } catch (PacketCodecException e) {
      return Optional.empty();
    }
  }

  /** Where the Message-Authenticator's value is; 0 when there is none, -1 when not well-formed. */
  private static int authenticatorAt(byte[] packet) {
    int found = 0;
    int at = LEAST_BYTES;
    while (at < packet.length) {
      int length = at + 1 < packet.length ? packet[at + 1] & 0xff : 0;
      if (length < 2 || at + length > packet.length) {
        return -1;
      }
      if ((packet[at] & 0xff) == MESSAGE_AUTHENTICATOR) {
        if (found > 0 || length != MAC_BYTES + 2) {
          return -1;
        }
        found = at + 2;
      }
      at += length;
    }
    return found;
  }

  /** The library checks it, too, but in a time that depends on how much of it is right. */
  private static boolean isAuthentic(byte[] packet, int at, byte[] secret) {
    byte[] blank = packet.clone();
    Arrays.fill(blank, at, at + MAC_BYTES, (byte) 0);
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(secret, "HmacMD5"));
      return MessageDigest.isEqual(
          mac.doFinal(blank), Arrays.copyOfRange(packet, at, at + MAC_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-MD5", e);
    }
  }

  /**
   * The answer in bytes; its first attribute is a Message-Authenticator, whoever asked.
   *
   * @param proof the {@link AcceptanceProof} of an acceptance, if it has one
   */
  byte[] answer(AccessRequest request, Verdict verdict, byte[] secret, Optional<String> proof) {
    List<Attribute<?>> attributes = new ArrayList<>();
    attributes.add(new RawAttribute(MESSAGE_AUTHENTICATOR, new byte[MAC_BYTES]));
    int code;
    if (verdict instanceof Verdict.Accepted accepted) {
      code = ACCESS_ACCEPT;
      attributes.add(text(SIP_AVP, "aor:" + accepted.aor()));
      proof.ifPresent(hash -> attributes.add(text(SIP_AVP, "proof:" + hash)));
      if (!accepted.responseAuth().isEmpty()) {
        attributes.add(text(Field.RESPONSE_AUTH, accepted.responseAuth()));
      }
    } else if (verdict instanceof Verdict.Challenged challenged) {
      code = ACCESS_CHALLENGE;
      challenged.fields().forEach((field, value) -> attributes.add(text(field.number(), value)));
    } else {
      code = ACCESS_REJECT;
    }
    attributes.addAll(request.proxyStates());
    try {
      return codec.encodeResponse(
          new Packet(code, attributes), secret, request.identifier(), request.authenticator());
    } catch (PacketCodecException e) {
      throw new IllegalStateException("an answer of ours can't be written", e);
    }
  }

  private static RawAttribute text(int type, String value) {
    return new RawAttribute(type, value.getBytes(StandardCharsets.UTF_8));
  }
}
