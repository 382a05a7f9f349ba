package org.latchkey.pbx.http.internal.asterisk;

import java.nio.file.Path;
import org.latchkey.pbx.PbxConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asterisk's configuration, to be included in the files that an Asterisk has. */
@Component
public final class AsteriskFiles implements PbxConfiguration {

  private final AsteriskMaker maker;

  /** The files that this maker makes. */
  @Activate
  public AsteriskFiles(@Reference AsteriskMaker maker) {
    this.maker = maker;
  }

  @Override
  public String pbx() {
    return "asterisk";
  }

  @Override
  public Path usualPlace() {
    return Path.of("/etc/asterisk/latchkey");
  }

  @Override
  public Files make(Path place, String actor) {
    return maker.make(
        place,
        actor,
        "Bring the directory to Asterisk's machine as %s, owned by Asterisk's user, start haproxy with %s, and include the files as docs/asterisk.md says."
            .formatted(place, place.resolve("haproxy.cfg")));
  }
}
