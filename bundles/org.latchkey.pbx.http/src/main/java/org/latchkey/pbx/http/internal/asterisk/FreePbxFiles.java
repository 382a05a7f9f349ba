package org.latchkey.pbx.http.internal.asterisk;

import org.latchkey.pbx.PbxConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The same for a FreePBX, whose files are its own but for those of custom settings. */
@Component(service = PbxConfiguration.class)
public final class FreePbxFiles extends IncludedFiles {

  /** The files that this maker makes. */
  @Activate
  public FreePbxFiles(@Reference AsteriskMaker maker) {
    super(
        maker,
        "freepbx",
        "Bring the directory to FreePBX's machine as %1$s, owned by the user asterisk, start haproxy"
            + " with %2$s, and include the files where the table for FreePBX in docs/asterisk.md"
            + " says.");
  }
}
