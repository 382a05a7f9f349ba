package org.latchkey.shell.internal;

import java.util.List;
import org.latchkey.pbx.PbxControl;

/** Ends the calls of a phone at every PBX of this node; emergency calls go on. */
public final class HangUp {

  private HangUp() {}

  /** Ends them and says how many there were. */
  public static void callsOf(List<String> keyIdentifiers, Parts parts, Printout out) {
    List<PbxControl> pbxs = parts.all(PbxControl.class);
    if (pbxs.isEmpty()) {
      out.line("No call was ended. " + parts.absent(PbxControl.class));
    } else {
      int ended =
          keyIdentifiers.stream()
              .mapToInt(key -> pbxs.stream().mapToInt(pbx -> pbx.hangUp(key)).sum())
              .sum();
      out.line("Ended %d of its calls; emergency calls go on.".formatted(ended));
    }
  }
}
