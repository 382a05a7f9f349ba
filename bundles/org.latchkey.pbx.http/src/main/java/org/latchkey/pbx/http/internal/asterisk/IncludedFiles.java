package org.latchkey.pbx.http.internal.asterisk;

import java.nio.file.Path;
import org.latchkey.pbx.PbxConfiguration;

/** Asterisk's configuration, to be included in files that are there; only where differs. */
abstract class IncludedFiles implements PbxConfiguration {

  private final AsteriskMaker maker;
  private final String pbx;
  private final String first;

  /**
   * Files for a kind of PBX.
   *
   * @param first what its administrator does first, with {@code %1$s} for the directory and {@code
   *     %2$s} for haproxy's configuration in it
   */
  IncludedFiles(AsteriskMaker maker, String pbx, String first) {
    this.maker = maker;
    this.pbx = pbx;
    this.first = first;
  }

  @Override
  public String pbx() {
    return pbx;
  }

  @Override
  public Path usualPlace() {
    return Path.of("/etc/asterisk/latchkey");
  }

  @Override
  public Files make(Path place, String actor) {
    return maker.make(place, actor, first.formatted(place, place.resolve("haproxy.cfg")));
  }
}
