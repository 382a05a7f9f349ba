package org.latchkey.keyagent.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.latchkey.key.EnrolmentWindows;
import org.latchkey.key.RequestRefusedException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens and closes windows, with evidence of it. */
@Component(immediate = true)
public final class WindowDesk implements EnrolmentWindows {

  private final Windows windows;
  private final Changes changes;

  /** The service. */
  @Activate
  public WindowDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  WindowDesk(Parts parts) {
    windows = parts.policies().windows();
    changes = new Changes(parts.custody(), parts.revocations(), parts.neighbours(), parts.clock());
  }

  @Override
  public synchronized Window open(Kind kind, Duration length, OptionalInt perMinute, String actor) {
    Window opened = windows.open(kind, length, perMinute, actor);
    String whom = kind == Kind.INVENTORY ? "the inventory" : "anybody";
    evidenceOrClosed(
        actor,
        "window.opened",
        "For %s until %s, %d a minute".formatted(whom, opened.until(), opened.perMinute()));
    return opened;
  }

  @Override
  public synchronized Instant letIn(String device, Duration length, String actor) {
    Optional<String> mac = DeviceIdentifier.mac(device);
    if (mac.isEmpty()) {
      throw new RequestRefusedException(
          "Nothing was opened: only a MAC address is let in, such as 80:5e:c0:00:00:01.");
    }
    Window opened = windows.letIn(mac.get(), length, actor);
    evidenceOrClosed(
        actor, "window.opened", "For %s alone until %s".formatted(mac.get(), opened.until()));
    return opened.until();
  }

  @Override
  public List<Window> open() {
    return windows.open();
  }

  @Override
  public synchronized List<Window> close(String actor) {
    List<Window> closed = windows.open();
    boolean any = !closed.isEmpty() || windows.letIn() > 0;
    windows.close();
    if (any) {
      changes.evidence(actor, "window.closed", "All of them");
    }
    return closed;
  }

  /** A window without evidence is none. */
  private void evidenceOrClosed(String actor, String action, String detail) {
    try {
      changes.evidence(actor, action, detail);
    } catch (RuntimeException e) {
      windows.close();
      throw e;
    }
  }
}
