package org.latchkey.admission;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class DestinationsSettingTest {

  private static final List<String> LAN = List.of("10.0.0.0/8");

  private final DestinationsSetting good =
      setting("112=sip:112@trunk", "7000=sip:7000@x", "t=sip:t@x", "10.0.0.0/8");

  @Test
  public void ofAnEditTheReadableValuesAreTaken() {
    assertEquals(
        setting("110=sip:110@trunk", "7000=sip:7000@x", "u=sip:u@x", "10.0.0.0/8"),
        good.withReadableOf(setting("110=sip:110@trunk", "nonsense", "u=sip:u@x", "10.0")));
    assertEquals(
        setting("112=sip:112@trunk", "8=sip:8@x", "t=sip:t@x", "192.168.0.0/16"),
        good.withReadableOf(setting("112", "8=sip:8@x", "t=sip:t@x", "192.168.0.0/16")));
  }

  @Test
  public void noEmergencyNumberAtAllIsNotReadable() {
    DestinationsSetting none = setting("", "8=sip:8@x", "t=sip:t@x", "10.0.0.0/8");
    assertThrows(IllegalArgumentException.class, none::destinations);
    assertEquals(good.emergency(), good.withReadableOf(none).emergency());
    assertEquals(List.of("8=sip:8@x"), good.withReadableOf(none).helpDesk());
  }

  @Test
  public void aNewEmergencyNumberIsWorthMoreThanTheHelpDeskThatHasIt() {
    DestinationsSetting asked = setting("7000=sip:7000@trunk", "8", "t", "10.0.0.0/8");
    assertEquals(
        new DestinationsSetting(List.of("7000=sip:7000@trunk"), List.of(), List.of(), LAN),
        good.withReadableOf(asked));
  }

  @Test
  public void listsAreCopied() {
    List<String> numbers = new ArrayList<>(List.of("112=sip:112@trunk"));
    DestinationsSetting setting = new DestinationsSetting(numbers, List.of(), List.of(), LAN);
    numbers.clear();
    assertEquals(1, setting.destinations().all().size());
  }

  private static DestinationsSetting setting(
      String emergency, String helpDesk, String test, String networks) {
    return new DestinationsSetting(
        List.of(emergency), List.of(helpDesk), List.of(test), List.of(networks));
  }
}
