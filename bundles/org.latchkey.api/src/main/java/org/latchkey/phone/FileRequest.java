package org.latchkey.phone;

import java.util.List;
import java.util.Optional;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Secret;

/**
 * What a recognised request asks for. The secrets in it belong to whoever asked the profile.
 *
 * @param name the profile's own word for the file
 * @param device the device identifier the request names
 * @param code a one-time code in path or query
 * @param login a provisioning login in the path; one in an Authorization header is added by the
 *     caller
 * @param lines the lines that the file has places for; empty for a file without keys. When it is
 *     rendered, those of its device: one without a key is switched off
 */
public record FileRequest(
    String name,
    Optional<String> device,
    Optional<Secret> code,
    Optional<KeyRequest.Login> login,
    List<Integer> lines) {

  /** Copies the lines. */
  public FileRequest {
    lines = List.copyOf(lines);
  }
}
