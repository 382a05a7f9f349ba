package org.latchkey.pbx.http.internal.asterisk;

import java.nio.file.Path;
import org.latchkey.pbx.PbxConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The same for a FreePBX, whose files are its own but for those of custom settings. */
@Component
public final class FreePbxFiles implements PbxConfiguration {

  private final AsteriskMaker maker;

  /** The files that this maker makes. */
  @Activate
  public FreePbxFiles(@Reference AsteriskMaker maker) {
    this.maker = maker;
  }

  @Override
  public String pbx() {
    return "freepbx";
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
        "Bring the directory to FreePBX's machine as %s, owned by the user asterisk, start haproxy with %s, and include the files in the custom files that docs/asterisk.md names."
            .formatted(place, place.resolve("haproxy.cfg")));
  }
}
