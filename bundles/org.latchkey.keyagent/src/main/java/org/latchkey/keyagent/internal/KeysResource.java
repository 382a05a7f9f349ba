package org.latchkey.keyagent.internal;

import java.util.Arrays;
import java.util.Optional;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyAgent;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code POST /v1/keys}: a key for any device or program that speaks JSON. */
@Component(immediate = true)
public final class KeysResource implements DoorResource {

  private final KeyAgent keyAgent;
  private final KeyJson json = new KeyJson();

  /** The resource of this agent. */
  @Activate
  public KeysResource(@Reference KeyAgent keyAgent) {
    this.keyAgent = keyAgent;
  }

  @Override
  public Door door() {
    return Door.PHONES;
  }

  @Override
  public String path() {
    return "/v1/keys";
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    if (!request.method().equals("POST")) {
      return DoorAnswer.problem(405, "Method not allowed", "Send a POST with a JSON body")
          .with("Allow", "POST");
    }
    KeyRequest.Builder wanted =
        KeyRequest.from(request.source().getAddress(), "json")
            .userAgent(request.header("User-Agent").orElse(""))
            .clientCertificates(request.clientCertificates());
    byte[] body = request.body().copy();
    Optional<Secret> code = Optional.empty();
    Optional<KeyRequest.Login> login = request.header("Authorization").flatMap(BasicLogin::of);
    try {
      code = json.read(body, wanted);
      code.ifPresent(wanted::code);
      login.ifPresent(given -> wanted.login(given.keyIdentifier(), given.password()));
      return keyAgent
          .issue(wanted.build())
          .fold(this::key, denied -> refused(), KeysResource::later);
    } catch (KeyJson.BadBodyException e) {
      return DoorAnswer.problem(
          400,
          "Not a request for a key",
          "Send one JSON object with any of device, code, line (1 to 255), algorithm (MD5 or"
              + " SHA-256) and form (long or short), and nothing else");
    } finally {
      Arrays.fill(body, (byte) 0);
      code.ifPresent(Secret::close);
      login.ifPresent(given -> given.password().close());
    }
  }

  private DoorAnswer key(IssueResult.Issued issued) {
    try (IssuedKey key = issued.key()) {
      return DoorAnswer.of(200, "application/json", json.write(key));
    }
  }

  /** The same for each reason. */
  private static DoorAnswer refused() {
    return DoorAnswer.problem(
        404, "No key", "Ask an administrator to enrol this device, and use the code in time");
  }

  private static DoorAnswer later(IssueResult.Unavailable unavailable) {
    return DoorAnswer.problem(
            503,
            "No key can be issued at present",
            "Try again in a minute; latchkey:status tells the administrator why")
        .with("Retry-After", Long.toString(unavailable.retryAfter().toSeconds()));
  }
}
