package org.latchkey.pbx.http.internal.kamailio;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Kamailio's commands. */
interface Rpc {

  /**
   * Runs one command.
   *
   * @param params texts and numbers
   * @return its result: maps, lists, texts and numbers; empty when Kamailio says that there is no
   *     such thing
   * @throws IOException when Kamailio can't be reached, or refuses the command
   */
  Optional<Object> call(String method, List<?> params) throws IOException;
}
