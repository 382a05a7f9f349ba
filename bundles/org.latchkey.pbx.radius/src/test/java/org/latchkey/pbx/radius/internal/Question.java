package org.latchkey.pbx.radius.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.RawAttribute;
import org.aaa4j.radius.core.packet.Packet;
import org.aaa4j.radius.core.packet.PacketCodec;
import org.aaa4j.radius.core.packet.PacketCodecException;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.keyscheme.Ha1;

/** What a PBX asks about a phone's digest, in either dialect, right until a test says otherwise. */
final class Question {

  static final byte[] SECRET = "shared-by-a-test-and-a-pbx".getBytes(StandardCharsets.US_ASCII);
  static final String HA1 = "0123456789abcdef0123456789abcdef";
  static final PacketCodec CODEC = new PacketCodec(new NoDictionary());

  private static final AtomicLong NUMBER = new AtomicLong();

  private final Map<Field, String> fields = new EnumMap<>(Field.class);
  private final List<Attribute<?>> more = new ArrayList<>();
  private final byte[] authenticator =
      ByteBuffer.allocate(16).putLong(NUMBER.incrementAndGet()).putLong(1).array();
  private boolean authenticated = true;
  private byte[] secret = SECRET;

  /** The REGISTER of a phone at extension 1001 with the key k1. */
  static Question ofPhone() {
    Question question = new Question();
    question.fields.put(Field.USERNAME, "k1");
    question.fields.put(Field.REALM, "latchkey");
    question.fields.put(Field.NONCE, "the-pbx-made-it");
    question.fields.put(Field.METHOD, "REGISTER");
    question.fields.put(Field.URI, "sip:example.org");
    question.fields.put(Field.QOP, "auth");
    question.fields.put(Field.CNONCE, "c1");
    question.fields.put(Field.NONCE_COUNT, "00000001");
    question.fields.put(Field.SIP_URI_USER, "1001@example.org");
    return question.provedBy(HA1);
  }

  /** With another field; an empty text takes it out. The response stays as it was. */
  Question with(Field field, String value) {
    if (value.isEmpty()) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }
    return this;
  }

  /** With an attribute more. */
  Question and(int type, byte[] value) {
    more.add(new RawAttribute(type, value));
    return this;
  }

  Question and(int type, String value) {
    return and(type, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Without a Message-Authenticator. */
  Question unauthenticated() {
    authenticated = false;
    return this;
  }

  /** By who has another shared secret. */
  Question sharedBy(byte[] other) {
    secret = other;
    return this;
  }

  /** With the response that the holder of this HA1 makes. */
  Question provedBy(String ha1) {
    DigestAlgorithm algorithm =
        DigestAlgorithm.ofToken(fields.getOrDefault(Field.ALGORITHM, "MD5"))
            .orElse(DigestAlgorithm.MD5);
    String ha2 = hash(algorithm, fields.get(Field.METHOD) + ':' + fields.get(Field.URI));
    String response =
        hash(
            algorithm,
            String.join(
                ":",
                ha1,
                fields.get(Field.NONCE),
                fields.get(Field.NONCE_COUNT),
                fields.get(Field.CNONCE),
                "auth",
                ha2));
    fields.put(Field.RESPONSE, response);
    return this;
  }

  static String hash(DigestAlgorithm algorithm, String text) {
    return HexFormat.of()
        .formatHex(Ha1.digest(algorithm).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A field as it stands; an empty text when it is not there. */
  String get(Field field) {
    return fields.getOrDefault(field, "");
  }

  /** In the attributes of RFC 5090. */
  byte[] standard() {
    List<Attribute<?>> attributes = new ArrayList<>();
    fields.forEach((field, value) -> attributes.add(raw(field.number(), value)));
    return packet(attributes);
  }

  /** In those of draft-sterman-aaa-sip-00, one sub-attribute each, as Kamailio's library does. */
  byte[] draft() {
    List<Attribute<?>> attributes = new ArrayList<>();
    attributes.add(raw(1, fields.getOrDefault(Field.USERNAME, "")));
    Field[] numbered = {
      null,
      Field.REALM,
      Field.NONCE,
      Field.METHOD,
      Field.URI,
      Field.QOP,
      Field.ALGORITHM,
      null,
      Field.CNONCE,
      Field.NONCE_COUNT,
      Field.USERNAME
    };
    for (int sub = 1; sub < numbered.length; sub++) {
      Field field = numbered[sub];
      if (field != null && fields.containsKey(field)) {
        byte[] value = fields.get(field).getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.write(sub);
        inside.write(value.length + 2);
        inside.writeBytes(value);
        attributes.add(new RawAttribute(207, inside.toByteArray()));
      }
    }
    if (fields.containsKey(Field.RESPONSE)) {
      attributes.add(raw(206, fields.get(Field.RESPONSE)));
    }
    if (fields.containsKey(Field.SIP_URI_USER)) {
      attributes.add(raw(208, fields.get(Field.SIP_URI_USER)));
    }
    return packet(attributes);
  }

  private byte[] packet(List<Attribute<?>> attributes) {
    if (authenticated) {
      attributes.add(0, new RawAttribute(80, new byte[16]));
    }
    attributes.addAll(more);
    try {
      return CODEC.encodeRequest(new Packet(1, attributes), secret, authenticator);
    } catch (PacketCodecException e) {
      throw new AssertionError(e);
    }
  }

  private static RawAttribute raw(int type, String value) {
    return new RawAttribute(type, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What an answer says, checked with the authenticators as a client does. */
  String read(Optional<byte[]> answer) {
    return read(answer.orElseThrow(() -> new AssertionError("silence")));
  }

  String read(byte[] answer) {
    Packet packet = packet(answer);
    StringBuilder words =
        new StringBuilder(
            switch (packet.getCode()) {
              case 2 -> "accept";
              case 3 -> "reject";
              case 11 -> "challenge";
              default -> "code " + packet.getCode();
            });
    for (Attribute<?> attribute : packet.getAttributes()) {
      byte[] value = ((RawAttribute) attribute).getData().getValue();
      int type = attribute.getType().head();
      words
          .append(' ')
          .append(type)
          .append(type == 80 ? "" : "=" + new String(value, StandardCharsets.UTF_8));
    }
    return words.toString();
  }

  private Packet packet(byte[] answer) {
    try {
      return CODEC.decodeResponse(answer, secret, authenticator);
    } catch (PacketCodecException e) {
      throw new AssertionError("an answer that no client takes", e);
    }
  }
}
