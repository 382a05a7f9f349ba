package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Borrows services from the framework, and gives them back when closed. Commands exist whether or
 * not the services do.
 */
public final class BundleParts implements Parts, AutoCloseable {

  private final BundleContext context;
  private final List<ServiceReference<?>> borrowed = new ArrayList<>();

  /** Borrows on behalf of the bundle of {@code context}. */
  public BundleParts(BundleContext context) {
    this.context = context;
  }

  @Override
  public <T> List<T> all(Class<T> type) {
    List<ServiceReference<T>> references = new ArrayList<>(references(type));
    references.sort(Collections.reverseOrder());
    List<T> services = new ArrayList<>();
    for (ServiceReference<T> reference : references) {
      T service = context.getService(reference);
      if (service != null) {
        borrowed.add(reference);
        services.add(service);
      }
    }
    return services;
  }

  @Override
  public BundleState state(Part part) {
    return bundle(part)
        .map(
            bundle ->
                bundle.getState() == Bundle.ACTIVE ? BundleState.RUNNING : BundleState.STOPPED)
        .orElse(BundleState.NOT_INSTALLED);
  }

  private Optional<Bundle> bundle(Part part) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> part.bundle().equals(bundle.getSymbolicName()))
        .findFirst();
  }

  @Override
  public String absence(Part part) {
    return switch (state(part)) {
      case NOT_INSTALLED ->
          "its bundle %s is not installed on this node. Install the feature %s, or ask a node that has it."
              .formatted(part.bundle(), part.feature());
      case STOPPED ->
          "its bundle is stopped. Start it with bundle:start %s.".formatted(part.bundle());
      case RUNNING ->
          bundle(part)
              .flatMap(bundle -> FailedActivation.in(bundle, context))
              .orElse(
                  "its bundle %s has started, but lacks something it needs. latchkey:status and log:display say what."
                      .formatted(part.bundle()));
    };
  }

  @Override
  public ConsoleAccess consoleAccess() {
    return ConsoleAccess.of(context);
  }

  @Override
  public void close() {
    borrowed.forEach(context::ungetService);
    borrowed.clear();
  }

  private <T> Collection<ServiceReference<T>> references(Class<T> type) {
    try {
      return context.getServiceReferences(type, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
  }
}
