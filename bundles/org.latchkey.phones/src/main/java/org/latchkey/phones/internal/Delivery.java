package org.latchkey.phones.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.key.IssueResult;
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

  /** The file with the keys of its device, one for each line that has one. */
  DoorAnswer to(DoorRequest request, Site site) {
    if (file.lines().isEmpty()) {
      return rendered(file, List.of(), site);
    }
    return agent
        .issue(keyRequest(request))
        .fold(
            issued -> of(issued, site),
            denied -> DoorAnswer.notFound(),
            away -> ProvisioningDoor.comeAgain(away.retryAfter()));
  }

  private DoorAnswer of(IssueResult.Issued issued, Site site) {
    try {
      Set<Integer> lines = new TreeSet<>(issued.endedLines());
      issued.keys().forEach(key -> lines.add(key.record().line()));
      return rendered(narrowed(file, lines), issued.keys(), site);
    } finally {
      issued.keys().forEach(IssuedKey::close);
    }
  }

  /** A file for these lines of its device alone. */
  static FileRequest narrowed(FileRequest file, Set<Integer> lines) {
    return new FileRequest(
        file.name(),
        file.device(),
        file.code(),
        file.login(),
        file.lines().stream().filter(lines::contains).toList());
  }

  private DoorAnswer rendered(FileRequest wanted, List<IssuedKey> keys, Site site) {
    PhoneFile rendered = profile.render(wanted, keys, site);
    return rendered.body().length() == 0
        ? DoorAnswer.notFound()
        : DoorAnswer.of(200, rendered.contentType(), rendered.body());
  }

  private KeyRequest keyRequest(DoorRequest request) {
    Traits traits = profile.traits(file);
    KeyRequest.Builder wanted =
        KeyRequest.from(
                Objects.requireNonNull(request.source().getAddress(), "source"), profile.name())
            .line(file.lines().get(0))
            .places(file.lines())
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
