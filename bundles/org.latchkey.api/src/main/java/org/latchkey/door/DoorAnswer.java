package org.latchkey.door;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.latchkey.key.Secret;

/**
 * The answer to a request at a door. The door closes the body when it was sent, and adds {@code
 * Cache-Control: no-store} to every answer.
 *
 * @param status the HTTP status
 * @param contentType the media type; empty for none
 * @param body the bytes
 * @param headers further header fields
 */
public record DoorAnswer(
    int status, String contentType, Secret body, List<DoorRequest.Header> headers) {

  /** Copies the headers. */
  public DoorAnswer {
    headers = List.copyOf(headers);
  }

  /** An answer with a body. */
  public static DoorAnswer of(int status, String contentType, Secret body) {
    return new DoorAnswer(status, contentType, body, List.of());
  }

  /** The plain 404 for whoever has no business here: the same for every reason. */
  public static DoorAnswer notFound() {
    return of(404, "text/plain", Secret.ofText("not found\n"));
  }

  /**
   * An {@code application/problem+json} (RFC 9457).
   *
   * @param status the HTTP status
   * @param title plain words without characters that JSON escapes
   * @param detail what to do next, likewise
   */
  public static DoorAnswer problem(int status, String title, String detail) {
    String json =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(title, status, detail);
    return of(
        status, "application/problem+json", Secret.copyOf(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** This answer with one more header. */
  public DoorAnswer with(String name, String value) {
    List<DoorRequest.Header> more = new java.util.ArrayList<>(headers);
    more.add(new DoorRequest.Header(name, value));
    return new DoorAnswer(status, contentType, body, more);
  }
}
