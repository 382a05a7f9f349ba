package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.PermittedDestinations.Destination;

/** No slip of the hand in a setting takes an emergency number away, or the PBX. */
public class DestinationsTest {

  private static final Map<String, Object> SITE =
      Map.of(
          "emergency", new String[] {"110=sip:110@trunk"}, "helpDesk", new String[] {"9=sip:9@x"});

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private Path file;

  @Before
  public void aPlaceForTheMemory() {
    file = folder.getRoot().toPath().resolve("latchkey").resolve("destinations");
  }

  @Test
  public void aNumberThatIsNoneTakesNothingElseAlong() {
    Destinations destinations =
        started(
            Map.of(
                "emergency",
                new String[] {"110=sip:110@trunk"},
                "unprovedPerSource",
                new IllegalStateException("'two' is no number"),
                "unprovedTotal",
                5));
    assertEquals("sip:110@trunk", target(destinations, "110"));
    assertEquals(2, destinations.permitted().perSource());
    assertEquals(5, destinations.permitted().total());
    assertTrue(destinations.problem(), destinations.problem().contains("unprovedPerSource"));
  }

  @Test
  public void theSitesEmergencyNumberHoldsBesideABadHelpDeskFromTheFirstStartOn() {
    Destinations destinations =
        started(
            Map.of(
                "emergency", new String[] {"110=sip:110@trunk"},
                "helpDesk", new String[] {"nonsense"}));
    assertEquals("sip:110@trunk", target(destinations, "110"));
    assertEquals("sip:7000@localhost", target(destinations, "7000"));
    assertTrue(destinations.problem(), destinations.problem().contains("nonsense"));
  }

  @Test
  public void aBadEditIsNotInForceAfterARestartEither() {
    assertEquals("", started(SITE).problem());
    Destinations destinations =
        started(Map.of("emergency", new String[] {"110"}, "helpDesk", new String[] {"8=sip:8@x"}));
    assertEquals("sip:110@trunk", target(destinations, "110"));
    assertEquals("sip:9@x", target(destinations, "9"));
    assertTrue(destinations.problem(), destinations.problem().contains("'110'"));
    assertEquals("", started(SITE).problem());
  }

  @Test
  public void aBadEditChangesNothing() {
    Destinations destinations = started(SITE);
    destinations.modified(configuration(Map.of("emergency", new String[] {""})));
    assertEquals("sip:110@trunk", target(destinations, "110"));
    destinations.modified(
        configuration(Map.of("unprovedTotal", new IllegalStateException("no number"))));
    assertEquals("sip:110@trunk", target(destinations, "110"));
    assertTrue(destinations.problem(), destinations.problem().contains("unprovedTotal"));
    destinations.modified(configuration(SITE));
    assertEquals("", destinations.problem());
  }

  @Test
  public void aMemoryThatOthersMayWriteChoosesNoTarget() throws IOException {
    assertEquals("", started(SITE).problem());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Destinations destinations = started(Map.of("emergency", new String[] {"110"}));
    assertEquals("", target(destinations, "110"));
    assertEquals("sip:112@localhost", target(destinations, "112"));
    assertEquals("sip:110@trunk", target(started(SITE), "110"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  public void aDamagedMemoryIsAsNone() throws IOException {
    for (String damaged : new String[] {"", "emergency = 112", "unprovedTotal = x", "\\u12"}) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, damaged);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertEquals("sip:110@trunk", target(started(SITE), "110"));
    }
  }

  private Destinations started(Map<String, Object> values) {
    return new Destinations(configuration(values), file);
  }

  private static String target(Destinations destinations, String dialled) {
    return destinations
        .permitted()
        .destinations()
        .match("sip:" + dialled + "@anywhere")
        .map(Destination::target)
        .orElse("");
  }

  /** As the component runtime hands it out: a value that is not of its type is thrown at. */
  private static DestinationsConfiguration configuration(Map<String, Object> values) {
    return (DestinationsConfiguration)
        Proxy.newProxyInstance(
            DestinationsTest.class.getClassLoader(),
            new Class<?>[] {DestinationsConfiguration.class},
            (proxy, method, arguments) -> {
              Object value = values.get(method.getName());
              if (value instanceof RuntimeException fault) {
                throw fault;
              }
              return value == null ? Objects.requireNonNull(method.getDefaultValue()) : value;
            });
  }
}
