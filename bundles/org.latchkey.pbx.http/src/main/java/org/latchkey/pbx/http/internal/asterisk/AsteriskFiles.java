package org.latchkey.pbx.http.internal.asterisk;

import org.latchkey.pbx.PbxConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asterisk's configuration, to be included in the files that an Asterisk has. */
@Component(service = PbxConfiguration.class)
public final class AsteriskFiles extends IncludedFiles {

  /** The files that this maker makes. */
  @Activate
  public AsteriskFiles(@Reference AsteriskMaker maker) {
    super(
        maker,
        "asterisk",
        "Bring the directory to Asterisk's machine as %1$s, owned by Asterisk's user, start haproxy"
            + " with %2$s, and include the files as docs/asterisk.md says.");
  }
}
