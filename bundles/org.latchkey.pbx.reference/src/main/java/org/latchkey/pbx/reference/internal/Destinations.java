package org.latchkey.pbx.reference.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.latchkey.admission.DestinationsSetting;
import org.latchkey.pbx.reference.internal.call.PermittedCalls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PBX's own copy of the permitted destinations. With no setting at all the defaults hold. An
 * edit that can't be read takes nothing away: the last good list stays, over a restart too. Where
 * there never was one, each value that can be read holds.
 */
@Component(service = Destinations.class, configurationPid = "org.latchkey.destinations")
public final class Destinations {

  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

  private final DestinationsMemory memory;
  private DestinationsInForce inForce;
  private boolean everGood;
  private volatile PermittedCalls permitted;
  private volatile String problem = "";

  /** Reads the setting. */
  @Activate
  public Destinations(DestinationsConfiguration configuration) {
    this(configuration, Path.of(System.getProperty("karaf.base", ""), "latchkey", "destinations"));
  }

  /** Without OSGi. */
  Destinations(DestinationsConfiguration configuration, Path file) {
    memory = new DestinationsMemory(file);
    Optional<DestinationsInForce> remembered = remembered();
    everGood = remembered.isPresent();
    inForce =
        remembered.orElseGet(
            () -> DestinationsInForce.of(Defaults.of(DestinationsConfiguration.class)));
    permitted = inForce.permitted();
    modified(configuration);
  }

  /** Reads the changed setting. */
  @Modified
  public synchronized void modified(DestinationsConfiguration configuration) {
    List<String> problems = new ArrayList<>();
    DestinationsInForce asked = asked(configuration, problems);
    try {
      PermittedCalls readable = asked.permitted();
      if (problems.isEmpty()) {
        inForce = asked;
        permitted = readable;
        everGood = true;
        remember();
      }
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (!problems.isEmpty() && !everGood) {
      inForce = inForce.withReadableOf(asked);
      permitted = inForce.permitted();
    }
    problem =
        problems.isEmpty()
            ? ""
            : "etc/org.latchkey.destinations.cfg was not taken: " + String.join("; ", problems);
    if (!problem.isEmpty()) {
      LOG.error("{}", problem);
    }
  }

  /** The list in force. */
  PermittedCalls permitted() {
    return permitted;
  }

  /** Why the last edit was not taken; empty when it was. */
  String problem() {
    return problem;
  }

  /** What is set; where a value is not of its type, what was in force. */
  private DestinationsInForce asked(DestinationsConfiguration c, List<String> problems) {
    DestinationsSetting old = inForce.setting();
    return new DestinationsInForce(
        new DestinationsSetting(
            value("emergency", () -> SettingsReader.list(c.emergency()), old.emergency(), problems),
            value("helpDesk", () -> SettingsReader.list(c.helpDesk()), old.helpDesk(), problems),
            value("test", () -> SettingsReader.list(c.test()), old.test(), problems),
            value(
                "unprovedNetworks",
                () -> SettingsReader.list(c.unprovedNetworks()),
                old.unprovedNetworks(),
                problems)),
        value("unprovedPerSource", c::unprovedPerSource, inForce.perSource(), problems),
        value("unprovedTotal", c::unprovedTotal, inForce.total(), problems));
  }

  /** The type conversion of a configuration throws what its implementation likes. */
  private static <T> T value(String name, Supplier<T> set, T old, List<String> problems) {
    try {
      return set.get();
    } catch (RuntimeException e) {
      problems.add(name + " can't be read; it was " + old + " before");
      return old;
    }
  }

  private Optional<DestinationsInForce> remembered() {
    try {
      return memory.read();
    } catch (IOException e) {
      LOG.warn("The permitted destinations last in force are not known: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void remember() {
    try {
      if (!Optional.of(inForce).equals(memory.read())) {
        memory.write(inForce);
      }
    } catch (IOException unreadable) {
      try {
        memory.write(inForce);
      } catch (IOException e) {
        LOG.warn("The permitted destinations can't be remembered over a restart: {}", e.toString());
      }
    }
  }
}
