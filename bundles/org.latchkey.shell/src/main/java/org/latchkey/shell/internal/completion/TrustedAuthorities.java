package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.FactoryTrust;
import org.latchkey.key.FactoryTrust.Authority;
import org.latchkey.shell.internal.Parts;

/** Suggests the fingerprints of factory authorities that are trusted. */
@Service
public final class TrustedAuthorities extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return parts.find(FactoryTrust.class).stream()
        .flatMap(trust -> trust.authorities().stream())
        .map(Authority::sha256);
  }
}
