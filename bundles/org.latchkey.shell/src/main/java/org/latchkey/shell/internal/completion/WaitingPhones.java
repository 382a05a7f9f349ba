package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Phone;
import org.latchkey.shell.internal.Phones;

/** Suggests the phones that wait for approval. */
@Service
public final class WaitingPhones extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return new Phones(parts)
        .all().stream()
            .filter(Phone::toApprove)
            .flatMap(phone -> Stream.of(phone.aor().user(), phone.device(), phone.keyIdentifier()))
            .filter(word -> !word.isEmpty());
  }
}
