package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.custody.Custodian;
import org.latchkey.shell.internal.Parts;

/** Suggests the places that master keys can be moved to. */
@Service
public final class OtherCustodies extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return parts.find(Custodian.class).stream()
        .flatMap(custodian -> custodian.places().stream())
        .filter(place -> !place.inForce())
        .map(Custodian.Place::name);
  }
}
