package org.latchkey.https.internal;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.key.Secret;

/** A resource of a test. */
record TestResource(Door door, String path, Function<DoorRequest, DoorAnswer> answerer)
    implements DoorResource {

  /** At the phones' door. */
  static TestResource at(String path, Function<DoorRequest, DoorAnswer> answerer) {
    return new TestResource(Door.PHONES, path, answerer);
  }

  /** Says what it was asked. */
  static TestResource echo(String path) {
    return at(
        path,
        request ->
            text(
                request.method()
                    + ' '
                    + request.path()
                    + ' '
                    + new String(request.body().copy(), StandardCharsets.UTF_8)));
  }

  static DoorAnswer text(String words) {
    return DoorAnswer.of(200, "text/plain", Secret.ofText(words));
  }

  @Override
  public DoorAnswer answer(DoorRequest request) {
    return answerer.apply(request);
  }
}
