package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.List;
import org.latchkey.key.Aor;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;

/** A PBX with the registrations and the realm that a test gives it. */
public final class FakePbx implements PbxControl {

  /** Whose calls were ended. */
  public final List<String> hungUp = new ArrayList<>();

  /** Who was told to fetch, and how. */
  public final List<String> told = new ArrayList<>();

  private final List<Registration> registrations = new ArrayList<>();
  private final String realm;

  /** A PBX that challenges with this realm. */
  public FakePbx(String realm) {
    this.realm = realm;
  }

  /** Registers a phone. */
  public FakePbx registered(String extension, String keyIdentifier, String source, String agent) {
    registrations.add(
        new Registration(
            new Aor(extension, "localhost"),
            "sip:" + extension + "@" + source,
            keyIdentifier,
            "UDP",
            source,
            agent,
            FakeAgent.THEN,
            FakeAgent.THEN.plusSeconds(600)));
    return this;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String realm() {
    return realm;
  }

  @Override
  public List<String> listeners() {
    return List.of("udp 127.0.0.1:5060");
  }

  @Override
  public List<Registration> registrations() {
    return List.copyOf(registrations);
  }

  @Override
  public int drop(String keyIdentifier) {
    return 0;
  }

  @Override
  public int hangUp(String keyIdentifier) {
    hungUp.add(keyIdentifier);
    return 2;
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    int here =
        (int)
            registrations.stream().filter(one -> one.keyIdentifier().equals(keyIdentifier)).count();
    if (here > 0) {
      told.add(keyIdentifier + " " + event);
    }
    return here;
  }
}
