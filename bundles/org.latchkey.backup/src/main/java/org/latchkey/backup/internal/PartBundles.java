package org.latchkey.backup.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.backup.BackupPart;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that bundles of this framework offer, and the bundles. Thread-safe. */
final class PartBundles implements PartSource {

  private static final Logger LOG = LoggerFactory.getLogger(PartBundles.class);

  private final Map<ServiceReference<BackupPart>, BackupPart> offered = new ConcurrentHashMap<>();

  void add(ServiceReference<BackupPart> reference, BackupPart part) {
    offered.put(reference, part);
  }

  void remove(ServiceReference<BackupPart> reference) {
    offered.remove(reference);
  }

  @Override
  public List<BackupPart> parts() {
    return offered.values().stream().sorted(Comparator.comparing(BackupPart::name)).toList();
  }

  /** The bundle of the keys stops first and starts last, when those that it asks are there. */
  @Override
  public List<String> restart() {
    List<Bundle> bundles = bundles();
    List<String> faults = new ArrayList<>();
    for (Bundle bundle : bundles) {
      attempt(() -> bundle.stop(Bundle.STOP_TRANSIENT), bundle, faults);
    }
    for (int i = bundles.size() - 1; i >= 0; i--) {
      Bundle bundle = bundles.get(i);
      attempt(() -> bundle.start(Bundle.START_TRANSIENT), bundle, faults);
    }
    return faults;
  }

  private List<Bundle> bundles() {
    Set<Bundle> keysFirst = new LinkedHashSet<>();
    Set<Bundle> others = new LinkedHashSet<>();
    offered.forEach(
        (reference, part) ->
            (part.name().equals(KEYS) ? keysFirst : others).add(reference.getBundle()));
    keysFirst.addAll(others);
    return new ArrayList<>(keysFirst);
  }

  /** Stops or starts a bundle. */
  private interface Change {
    void make() throws BundleException;
  }

  private static void attempt(Change change, Bundle bundle, List<String> faults) {
    try {
      change.make();
    } catch (BundleException e) {
      LOG.error("{} was not started anew after a restore", bundle.getSymbolicName(), e);
      faults.add(
          "The bundle %s was not started anew: start Karaf anew, the restore goes on then."
              .formatted(bundle.getSymbolicName()));
    }
  }
}
