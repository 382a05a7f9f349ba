package org.latchkey.keyagent.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latchkey.key.KeyRecord;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;

/** A PBX that is told whose registrations to drop. */
class FakePbx implements PbxControl {

  final List<Registration> live = new CopyOnWriteArrayList<>();
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
    return live;
  }

  /** A phone registers with this key. */
  void register(KeyRecord key) {
    live.add(
        new Registration(
            key.aor(),
            "sip:" + key.aor().user() + "@192.0.2.7",
            key.keyIdentifier(),
            "UDP",
            "192.0.2.7:5060",
            "",
            key.issuedAt(),
            key.issuedAt().plusSeconds(3600)));
  }

  @Override
  public int hangUp(String keyIdentifier) {
    return 0;
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    diary.add("pbx: " + event + " to " + keyIdentifier);
    return 1;
  }
}
