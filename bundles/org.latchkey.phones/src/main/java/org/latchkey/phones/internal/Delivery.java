package org.latchkey.phones.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyAgent;
import org.latchkey.key.KeyRequest;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;

/**
 * One file on its way to one phone.
 *
 * @param agent issues the keys in it
 * @param profile renders it
 * @param file what the phone asked for
 * @param login the provisioning login that came with the request, in whichever place
 */
record Delivery(
    KeyAgent agent, PhoneProfile profile, FileRequest file, Optional<KeyRequest.Login> login) {

  /** The file with a key for each of its lines; all of them or none. */
  DoorAnswer to(DoorRequest request, Site site) {
    List<IssuedKey> keys = new ArrayList<>();
    try {
      for (int line : file.lines()) {
        Optional<DoorAnswer> refusal =
            agent
                .issue(keyRequest(request, line))
                .fold(
                    issued -> {
                      keys.add(issued.key());
                      return Optional.empty();
                    },
                    denied -> Optional.of(DoorAnswer.notFound()),
                    away -> Optional.of(ProvisioningDoor.comeAgain(away.retryAfter())));
        if (refusal.isPresent()) {
          return refusal.get();
        }
      }
      PhoneFile rendered = profile.render(file, List.copyOf(keys), site);
      if (rendered.body().length() == 0) {
        return DoorAnswer.notFound();
      }
      return DoorAnswer.of(200, rendered.contentType(), rendered.body());
    } finally {
      keys.forEach(IssuedKey::close);
    }
  }

  private KeyRequest keyRequest(DoorRequest request, int line) {
    Traits traits = profile.traits(file);
    KeyRequest.Builder wanted =
        KeyRequest.from(
                Objects.requireNonNull(request.source().getAddress(), "source"), profile.name())
            .line(line)
            .algorithm(traits.algorithm())
            .form(traits.form())
            .clientCertificates(request.clientCertificates())
            .userAgent(request.header("User-Agent").orElse(""));
    file.device().ifPresent(wanted::device);
    file.code().ifPresent(wanted::code);
    login.ifPresent(given -> wanted.login(given.keyIdentifier(), given.password()));
    return wanted.build();
  }
}
