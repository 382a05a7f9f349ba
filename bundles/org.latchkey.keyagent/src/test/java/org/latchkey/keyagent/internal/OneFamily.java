package org.latchkey.keyagent.internal;

import java.util.List;
import java.util.Optional;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;

/** The family of a test's phones, which fetch again when they are told to. */
record OneFamily() implements PhoneProfile {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public Traits traits() {
    return new Traits(DigestAlgorithm.MD5, IdentifierForm.LONG, false, Optional.of("fetch-again"));
  }

  @Override
  public Optional<FileRequest> recognise(ProvisioningRequest request) {
    return Optional.empty();
  }

  @Override
  public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site where) {
    throw new UnsupportedOperationException("nobody fetches a file here");
  }
}
