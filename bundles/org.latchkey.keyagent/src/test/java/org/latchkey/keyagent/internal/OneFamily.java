package org.latchkey.keyagent.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;

/**
 * The family of a test's phones, which fetch again when they are told to.
 *
 * @param places how many lines its file has; a negative number breaks it
 */
record OneFamily(String name, int places) implements PhoneProfile {

  @Override
  public Traits traits() {
    if (places < 0) {
      throw new IllegalStateException("this family is broken");
    }
    return new Traits(DigestAlgorithm.MD5, IdentifierForm.LONG, false, Optional.of("fetch-again"));
  }

  @Override
  public Optional<FileRequest> recognise(ProvisioningRequest request) {
    return Optional.empty();
  }

  @Override
  public Optional<FileRequest> keyFile(Optional<String> device) {
    return Optional.of(
        new FileRequest(
            "device",
            device,
            Optional.empty(),
            Optional.empty(),
            IntStream.rangeClosed(1, places).boxed().toList()));
  }

  @Override
  public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site where) {
    throw new UnsupportedOperationException("nobody fetches a file here");
  }
}
