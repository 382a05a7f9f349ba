package org.latchkey.pbx.http.internal.proxy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The commands of a SIP proxy. */
public interface Rpc {

  /**
   * Runs one command.
   *
   * @param params texts and numbers
   * @return its result: maps, lists, texts and numbers; empty when the proxy says that there is no
   *     such thing
   * @throws IOException when the proxy can't be reached, or refuses the command
   */
  Optional<Object> call(String method, List<?> params) throws IOException;
}
