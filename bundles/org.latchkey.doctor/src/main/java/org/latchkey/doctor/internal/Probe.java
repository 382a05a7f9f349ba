package org.latchkey.doctor.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.latchkey.key.Registrar;

/** A key that the doctor was given, as the answer to {@code POST /v1/keys} has it. */
final class Probe implements AutoCloseable {

  private String keyIdentifier = "";
  private String aor = "";
  private String realm = "";
  private byte[] secret = {};
  private String host = "";
  private int port;
  private int tlsPort;
  private int tlsSha256Port;

  private Probe() {}

  /**
   * Reads an answer.
   *
   * @throws IOException when it is no JSON object
   */
  static Probe read(byte[] json) throws IOException {
    Probe probe = new Probe();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("registrar") && value == JsonToken.START_OBJECT) {
          probe.readRegistrar(parser);
        } else if (value.isStructStart()) {
          parser.skipChildren();
        } else {
          probe.take(name, parser);
        }
      }
    }
    return probe;
  }

  /** The digest username. */
  String keyIdentifier() {
    return keyIdentifier;
  }

  /** The AOR that the key opens. */
  String aor() {
    return aor;
  }

  /** The realm that the key is for. */
  String realm() {
    return realm;
  }

  /** The secret key; owned by the probe. */
  byte[] secret() {
    return secret;
  }

  /** Where to register. */
  Registrar registrar() {
    return new Registrar(host, port, tlsPort, tlsSha256Port);
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  private void take(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "keyIdentifier" -> keyIdentifier = parser.getText();
      case "aor" -> aor = parser.getText();
      case "realm" -> realm = parser.getText();
      case "secret" -> {
        secret = new byte[parser.getTextLength()];
        for (int i = 0; i < secret.length; i++) {
          secret[i] = (byte) parser.getTextCharacters()[parser.getTextOffset() + i];
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void readRegistrar(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "host" -> host = parser.getText();
        case "port" -> port = parser.getIntValue();
        case "tlsPort" -> tlsPort = parser.getIntValue();
        case "tlsSha256Port" -> tlsSha256Port = parser.getIntValue();
        default -> parser.skipChildren();
      }
    }
  }
}
