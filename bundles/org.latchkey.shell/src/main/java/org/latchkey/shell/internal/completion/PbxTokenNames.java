package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.door.PbxTokens;
import org.latchkey.shell.internal.Parts;

/** Suggests the bearer tokens that are good. */
@Service
public final class PbxTokenNames extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return parts.find(PbxTokens.class).stream()
        .flatMap(tokens -> tokens.tokens().stream())
        .map(PbxTokens.Token::name);
  }
}
