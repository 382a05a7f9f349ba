package org.latchkey.keyagent.internal;

import java.util.List;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;

/** A PBX that is told whose registrations to drop. */
final class FakePbx implements PbxControl {

  private final String realm;
  private final List<String> diary;

  /** Writes what it is told into the diary. */
  FakePbx(String realm, List<String> diary) {
    this.realm = realm;
    this.diary = diary;
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public String realm() {
    return realm;
  }

  @Override
  public int drop(String keyIdentifier) {
    diary.add("pbx: drop " + keyIdentifier);
    return 1;
  }

  @Override
  public List<String> listeners() {
    return List.of();
  }

  @Override
  public List<Registration> registrations() {
    return List.of();
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return 0;
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    return 0;
  }
}
