package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class DeviceIdentifierTest {

  @Test
  public void aMacAddressHasOneFormWhateverItsSpelling() {
    for (String spelling :
        List.of(
            "805ec0000001",
            "805EC0000001",
            "80:5e:c0:00:00:01",
            "80-5E-C0-00-00-01",
            "80.5e.c0.00.00.01",
            "80 5e c0 00 00 01",
            "805e.c000.0001",
            "805e-c000-0001",
            "805ec0-000001",
            " 80:5e:c0:00:00:01\n")) {
      assertEquals(spelling, Optional.of("805ec0000001"), DeviceIdentifier.canonical(spelling));
    }
  }

  @Test
  public void otherIdentifiersKeepTheirCharacters() {
    for (String other :
        List.of("SN4711/A", "1001", "+4930123456", "1001@example.org", "80:5e:c0:00:00", "a")) {
      assertEquals(Optional.of(other), DeviceIdentifier.canonical(' ' + other + ' '));
    }
  }

  @Test
  public void whatIsNoneIsRefused() {
    for (String none :
        List.of("", " ", "a b", "<x>", "a\"b", "\u00e4", "-1", "+", "a".repeat(65), "a\u0000")) {
      assertEquals(none, Optional.empty(), DeviceIdentifier.canonical(none));
    }
  }
}
