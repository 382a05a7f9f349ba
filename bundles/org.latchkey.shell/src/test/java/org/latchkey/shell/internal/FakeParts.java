package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services that a test starts; everything else is away. */
public final class FakeParts implements Parts {

  private final List<Object> services = new ArrayList<>();
  private final Map<Part, BundleState> states = new HashMap<>();
  private ConsoleAccess access = new ConsoleAccess(true, Optional.of("admin"), false);

  /** Parts of which these run. */
  public static FakeParts running(Object... services) {
    FakeParts parts = new FakeParts();
    parts.services.addAll(List.of(services));
    return parts;
  }

  /** The same, one part's bundle being in this state. */
  public FakeParts with(Part part, BundleState state) {
    states.put(part, state);
    return this;
  }

  /** The same, on a Karaf with this access. */
  FakeParts on(ConsoleAccess other) {
    access = other;
    return this;
  }

  @Override
  public <T> List<T> all(Class<T> type) {
    return services.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public String absence(Part part) {
    return "its bundle %s is stopped.".formatted(part.bundle());
  }

  @Override
  public BundleState state(Part part) {
    return states.getOrDefault(part, BundleState.NOT_INSTALLED);
  }

  @Override
  public ConsoleAccess consoleAccess() {
    return access;
  }
}
