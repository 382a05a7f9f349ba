package org.latchkey.keyagent.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;

/** The JSON of {@code POST /v1/keys} (RFC 8259). Codes and secrets never become a string. */
final class KeyJson {

  private static final int MAX_TEXT = 256;

  private final JsonFactory json =
      JsonFactory.builder()
          .recyclerPool(new WipingBuffers())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .build())
          .build();

  /** The body is not what is expected. Says nothing of what it was. */
  static final class BadBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    BadBodyException() {
      super("not the body of a request for a key");
    }
  }

  /**
   * Reads a body into a request; an empty one asks for nothing in particular.
   *
   * @return the code, for the caller to close; empty when there is none
   * @throws BadBodyException when it is not one object of the known fields
   */
  Optional<Secret> read(byte[] body, KeyRequest.Builder request) throws BadBodyException {
    Secret code = null;
    try (JsonParser parser = json.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return Optional.empty();
      }
      require(first == JsonToken.START_OBJECT);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("code")) {
          code = secret(parser);
        } else {
          read(field, parser, request);
        }
      }
      require(parser.nextToken() == null);
      return Optional.ofNullable(code);
    } catch (IOException | IllegalArgumentException | BadBodyException e) {
      if (code != null) {
        code.close();
      }
      throw new BadBodyException();
    }
  }

  /** The answer that hands over a key, for the caller to close. */
  Secret write(IssuedKey key) {
    WipedOutput output = new WipedOutput();
    try (JsonGenerator out = json.createGenerator(output)) {
      out.writeStartObject();
      out.writeStringField("keyIdentifier", key.keyIdentifier());
      out.writeFieldName("secret");
      write(out, key.secret());
      out.writeStringField("aor", key.record().aor().toString());
      out.writeStringField("realm", key.record().realm());
      out.writeStringField("algorithm", key.record().least().token());
      write(out, key.registrar());
      if (key.displayName().isPresent()) {
        out.writeStringField("displayName", key.displayName().get());
      }
      out.writeObjectFieldStart("provisioning");
      out.writeStringField("user", key.keyIdentifier());
      out.writeFieldName("password");
      write(out, key.provisioningPassword());
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return output.toSecret();
  }

  private static void read(String field, JsonParser parser, KeyRequest.Builder request)
      throws IOException, BadBodyException {
    switch (field) {
      case "device" -> request.device(text(parser));
      case "line" -> {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
        request.line(parser.getIntValue());
      }
      case "algorithm" ->
          request.algorithm(
              DigestAlgorithm.ofToken(text(parser)).orElseThrow(BadBodyException::new));
      case "form" -> {
        String form = text(parser);
        require(form.equals("long") || form.equals("short"));
        request.form(IdentifierForm.valueOf(form.toUpperCase(Locale.ROOT)));
      }
      default -> throw new BadBodyException();
    }
  }

  private static String text(JsonParser parser) throws IOException, BadBodyException {
    require(parser.currentToken() == JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static Secret secret(JsonParser parser) throws IOException, BadBodyException {
    require(parser.currentToken() == JsonToken.VALUE_STRING);
    return Secret.ofText(
        CharBuffer.wrap(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
  }

  private static void write(JsonGenerator out, Secret secret) throws IOException {
    byte[] bytes = secret.copy();
    out.writeUTF8String(bytes, 0, bytes.length);
    Arrays.fill(bytes, (byte) 0);
  }

  private static void write(JsonGenerator out, Registrar registrar) throws IOException {
    out.writeObjectFieldStart("registrar");
    out.writeStringField("host", registrar.host());
    out.writeNumberField("port", registrar.port());
    out.writeNumberField("tlsPort", registrar.tlsPort());
    out.writeNumberField("tlsSha256Port", registrar.tlsSha256Port());
    out.writeEndObject();
  }

  private static void require(boolean fits) throws BadBodyException {
    if (!fits) {
      throw new BadBodyException();
    }
  }
}
