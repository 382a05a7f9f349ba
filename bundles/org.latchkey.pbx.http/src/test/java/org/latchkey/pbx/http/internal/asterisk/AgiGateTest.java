package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.door.PbxDoor;
import org.latchkey.status.StatusLine;

/** Who may ask by FastAGI, and what an administrator is told of it. */
public class AgiGateTest {

  private static final Instant VALID = Instant.parse("2027-01-01T00:00:00Z");
  private static final Instant EXPIRED = Instant.parse("2127-01-01T00:00:00Z");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private Place place;

  @Before
  public void aPlace() throws Exception {
    place = new Place(temporary.getRoot().toPath().toRealPath());
  }

  @Test
  public void asterisksCertificateMayAskAsLongAsItIsValid() {
    place.now = VALID;
    assertTrue(place.agi.knows(List.of(place.certificate())));
    place.now = EXPIRED;
    assertFalse(place.agi.knows(List.of(place.certificate())));
    place.now = VALID;
    place.certificate = "kamailio.pem";
    assertFalse(place.agi.knows(List.of(place.certificate())));
  }

  @Test
  public void aGateThatIsOffHasNothingToSay() {
    assertEquals(List.of(), place.agi.status());
  }

  @Test
  public void itsStatusIsAFaultUntilItsPortIsOpenAndTheDoorHasTls() throws Exception {
    try (AgiGate gate = on()) {
      await(gate, StatusLine.Level.FAULT, "PBX door");
      gate.door = door(Optional.empty());
      await(gate, StatusLine.Level.FAULT, "PBX door");
      gate.door = door(Optional.of(SSLContext.getDefault()));
      await(gate, StatusLine.Level.OK, "answered");
    }
  }

  private AgiGate on() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AsteriskSettings set = Place.settings("MD5");
      AsteriskSettings byAgi =
          new AsteriskSettings(
              set.managerAddress(),
              set.proxyAddress(),
              set.listen(),
              set.algorithms(),
              set.codecs(),
              set.ordinaryContext(),
              set.permittedEndpoint(),
              set.trunks(),
              set.cacheSeconds(),
              new AgiSettings(true, "127.0.0.1:" + free.getLocalPort(), "127.0.0.1:8449"));
      return new AgiGate(
          Place.SITE,
          new Asterisk(byAgi),
          place.keys,
          place,
          AsteriskResource.word(temporary.getRoot().toPath().toRealPath()),
          () -> VALID);
    }
  }

  private static PbxDoor door(Optional<SSLContext> tls) {
    return (PbxDoor)
        Proxy.newProxyInstance(
            AgiGateTest.class.getClassLoader(),
            new Class<?>[] {PbxDoor.class},
            (proxy, method, arguments) -> tls);
  }

  private static void await(AgiGate gate, StatusLine.Level level, String word) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    StatusLine line = gate.status().get(0);
    while (line.level() != level || !line.words().contains(word)) {
      assertTrue(line.toString(), System.nanoTime() < until);
      Thread.onSpinWait();
      line = gate.status().get(0);
    }
  }
}
