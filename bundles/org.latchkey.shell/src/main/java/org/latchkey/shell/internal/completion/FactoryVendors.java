package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.FactoryTrust;
import org.latchkey.shell.internal.Parts;

/** Suggests vendors whose factory authorities can be imported. */
@Service
public final class FactoryVendors extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return parts.find(FactoryTrust.class).stream().flatMap(trust -> trust.vendors().stream());
  }
}
