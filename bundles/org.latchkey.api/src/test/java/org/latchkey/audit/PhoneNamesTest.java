package org.latchkey.audit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Set;
import org.junit.Test;

public class PhoneNamesTest {

  @Test
  public void aPhoneIsNamedByKeyAorExtensionDeviceAndAddress() {
    assertEquals(
        Set.of("d0key", "1001@example.org", "1001", "805ec0000001", "192.0.2.7"),
        PhoneNames.of("d0key", "1001@Example.org", "805ec0000001", "192.0.2.7"));
  }

  @Test
  public void whatIsNotKnownNamesNothing() {
    assertEquals(Set.of("192.0.2.7"), PhoneNames.of("", "", "", "192.0.2.7"));
  }

  @Test
  public void everySpellingOfAMacAddressMeansTheSameDevice() {
    for (String typed :
        new String[] {
          "805ec0000001",
          "80:5E:C0:00:00:01",
          "80-5e-c0-00-00-01",
          "805e.c000.0001",
          " 805EC0000001 "
        }) {
      assertTrue(typed, PhoneNames.meantBy(typed).contains("805ec0000001"));
    }
  }

  @Test
  public void anExtensionKeepsItsCaseAndADomainDoesNot() {
    assertTrue(PhoneNames.meantBy("Anna").contains("Anna"));
    assertEquals(Set.of("Anna@example.org"), PhoneNames.meantBy("Anna@EXAMPLE.org"));
  }

  @Test
  public void anIpv6AddressIsFoundInAnySpelling() {
    Set<String> names = PhoneNames.of("", "", "", "2001:db8:0:0:0:0:0:1");
    assertTrue(names.stream().anyMatch(PhoneNames.meantBy("2001:DB8::1")::contains));
  }

  @Test
  public void anotherPhoneIsNotMeant() {
    Set<String> names = PhoneNames.of("d0key", "1001@example.org", "805ec0000001", "192.0.2.7");
    for (String typed : new String[] {"100", "1001@example.com", "805ec0000002", "192.0.2.70"}) {
      assertFalse(typed, names.stream().anyMatch(PhoneNames.meantBy(typed)::contains));
    }
  }
}
