package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.pbx.PbxConfiguration;
import org.latchkey.shell.internal.Parts;

/** Suggests the kinds of PBX that configuration can be written for. */
@Service
public final class PbxKinds extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return parts.all(PbxConfiguration.class).stream().map(PbxConfiguration::pbx);
  }
}
