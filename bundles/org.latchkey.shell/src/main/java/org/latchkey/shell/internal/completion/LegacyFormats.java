package org.latchkey.shell.internal.completion;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.LegacyExports.Format;
import org.latchkey.shell.internal.Parts;

/** Suggests what a file of secrets can be for. */
@Service
public final class LegacyFormats extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return Arrays.stream(Format.values()).map(Format::word);
  }
}
