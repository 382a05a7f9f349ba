package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.key.Generation;
import org.latchkey.key.Generations;
import org.latchkey.shell.internal.Parts;

/** Suggests the generations that can be retired or destroyed. */
@Service
public final class EndingGenerations extends Suggestions {

  @Override
  Stream<String> words(Parts parts) {
    return parts.find(Generations.class).stream()
        .flatMap(generations -> generations.overview().rows().stream())
        .map(Generations.Row::generation)
        .filter(
            one ->
                one.state() == Generation.State.VERIFY_ONLY
                    || one.state() == Generation.State.RETIRED)
        .map(one -> Integer.toString(one.number()));
  }
}
