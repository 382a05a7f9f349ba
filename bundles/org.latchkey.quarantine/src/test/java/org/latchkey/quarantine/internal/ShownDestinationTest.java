package org.latchkey.quarantine.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import java.util.Random;
import org.junit.Test;

/** What the journal shows of what was dialled. */
public class ShownDestinationTest {

  @Test
  public void noFormOfACodeWithAPinShowsThePin() {
    for (String destination :
        List.of(
            "sip:*99*1001*27182818@pbx.example.org",
            "sips:*99*1001*27182818#@pbx.example.org;user=phone",
            "sip:%2A99%2a1001%2A%327182818@[::1]:5060",
            "sip:*99*1001*27182818%23@pbx.example.org",
            "sip:*991001*27182818@pbx.example.org",
            "sip:#12*1001*27182818;phone-context=x@pbx.example.org",
            "tel:*99*1001*2718-2818",
            "*99*1001*27182818",
            "sip:*99:27182818@pbx.example.org",
            "sip:*99*1001*27182818%ZZ@pbx.example.org")) {
      String shown = ShownDestination.of(destination);
      assertFalse(shown, shown.replaceAll("[^0-9]", "").contains("2718"));
    }
    assertEquals("*99…", ShownDestination.of("sip:*99*1001*27182818@pbx.example.org"));
    assertEquals("a code", ShownDestination.of("sip:27182818*1001@pbx.example.org"));
  }

  @Test
  public void whatIsNoPinIsShownAsItWasDialled() {
    for (String destination :
        List.of(
            "sip:1001@pbx.example.org",
            "sip:+4930123456789@pbx.example.org",
            "sip:112@pbx.example.org",
            "sip:*97@192.168.100.200:5060",
            "sip:*981001@pbx.example.org",
            "tel:0049-30-123456789",
            "urn:service:sos")) {
      assertEquals(destination, ShownDestination.of(destination));
    }
  }

  @Test
  public void noPinIsShownWhateverStandsAroundIt() {
    Random random = new Random(20);
    String alphabet = "0123456789*#%aF;:@-";
    for (int i = 0; i < Integer.getInteger("latchkey.fuzz", 100_000); i++) {
      StringBuilder around = new StringBuilder("*99*");
      for (int length = random.nextInt(12); length > 0; length--) {
        around.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String shown = ShownDestination.of("sip:" + around + "*27182818@pbx.example.org");
      assertFalse(shown, shown.contains("27182818"));
    }
  }
}
