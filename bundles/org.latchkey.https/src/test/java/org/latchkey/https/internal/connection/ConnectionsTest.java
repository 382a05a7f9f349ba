package org.latchkey.https.internal.connection;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** Who has a place at a door, and who makes way. */
public class ConnectionsTest {

  private final Connections connections = new Connections(20, 3);
  private final List<String> closed = new ArrayList<>();

  @Test
  public void oneHostDoesNotShutOutTheRestOfItsLan() throws Exception {
    for (int i = 0; i < 100; i++) {
      admit("2001:db8::bad", "flood " + i);
    }
    Connections.Place phone = admit("2001:db8::1", "phone").orElseThrow();
    phone.spoke();
    for (int i = 0; i < 100; i++) {
      admit("2001:db8::bad", "more " + i);
    }

    assertEquals(4, connections.open());
    assertFalse(closed.contains("phone"));
  }

  @Test
  public void aHostThatTakesAddressesOfItsLanMakesWayForAPhone() throws Exception {
    for (int i = 0; i < 200; i++) {
      admit("2001:db8::bad:" + Integer.toHexString(i), "flood " + i);
    }
    assertEquals(12, connections.open());

    assertTrue(admit("2001:db8::1", "phone").isPresent());
    assertEquals("the oldest of the flood", "flood 188", closed.get(closed.size() - 1));
  }

  @Test
  public void whoHasSentAWholeRequestMakesWayForNobody() throws Exception {
    for (int i = 0; i < 3; i++) {
      admit("192.0.2.1", "phone " + i).orElseThrow().spoke();
    }
    assertTrue(admit("192.0.2.1", "one too many").isEmpty());
    assertEquals(List.of(), closed);
  }

  @Test
  public void whoIsSilentMakesWayWhetherItSpokeBeforeOrNot() throws Exception {
    Connections.Place answered = admit("192.0.2.1", "answered").orElseThrow();
    answered.spoke();
    answered.answered();
    admit("192.0.2.1", "never spoke");
    admit("192.0.2.1", "served").orElseThrow().spoke();
    assertTrue(admit("192.0.2.1", "phone").isPresent());
    assertEquals(List.of("answered"), closed);
    assertTrue(admit("192.0.2.1", "next phone").isPresent());
    assertEquals(List.of("answered", "never spoke"), closed);
  }

  @Test
  public void whenAllAreTakenTheOldestSilentOneOfAnybodyMakesWay() throws Exception {
    for (int i = 0; i < 20; i++) {
      admit("192.0.2." + i, "silent " + i);
    }
    assertTrue(admit("198.51.100.1", "phone").isPresent());
    assertEquals(List.of("silent 0"), closed);
    assertEquals(20, connections.open());
  }

  @Test
  public void whatIsOverCountsOnceAndLeavesNothingBehind() throws Exception {
    Connections.Place place = admit("192.0.2.1", "phone").orElseThrow();
    place.left();
    place.left();
    place.spoke();
    assertEquals(0, connections.open());
    for (int i = 0; i < 3; i++) {
      assertTrue(admit("192.0.2.1", "phone " + i).isPresent());
    }
    assertEquals(List.of(), closed);
  }

  private Optional<Connections.Place> admit(String address, String name)
      throws UnknownHostException {
    return connections.admit(InetAddress.getByName(address), () -> closed.add(name));
  }
}
