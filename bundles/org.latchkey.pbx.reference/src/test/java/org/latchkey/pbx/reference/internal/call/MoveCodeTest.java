package org.latchkey.pbx.reference.internal.call;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.admission.PermittedDestinations;
import org.latchkey.key.Secret;

public class MoveCodeTest {

  private final PermittedDestinations destinations =
      PermittedDestinations.of(
          List.of("112=sip:112@trunk.example.org", "*110=sip:110@trunk.example.org"),
          List.of("*7000=sip:7000@example.org"),
          List.of());

  @Test
  public void aCodeBeginsWithAStarOrHashSoThatNoNumberBeginsWithIt() {
    for (String good : List.of("", "*99", "#1", "*12345678")) {
      assertEquals(good, Optional.empty(), new MoveCode(good).fault(destinations));
    }
    for (String bad : List.of("1", "112", "*", "**", "*123456789", "*99*", "99*", "*9 9", "*a")) {
      assertTrue(bad, new MoveCode(bad).fault(destinations).isPresent());
    }
  }

  @Test
  public void oneThatAPermittedDestinationBeginsWithIsRefusedInWords() {
    assertEquals(
        Optional.of("moveCode *1 stands before the permitted destination *110"),
        new MoveCode("*1").fault(destinations));
    assertTrue(new MoveCode("*7000").fault(destinations).isPresent());
    assertEquals(
        "it is recognised all the same",
        Optional.of("*1*12345678"),
        new MoveCode("*1").rest("sip:*1*1*12345678@a"));
    assertEquals(Optional.empty(), new MoveCode("1").rest("sip:1001@a"));
  }

  @Test
  public void beatsAreCountedFromTheCall() {
    long beat = MoveCalls.BEAT.toNanos();
    for (long taken : new long[] {0, 1, beat - 1, beat, beat + 1, 7 * beat + 3}) {
      long end = taken + MoveCalls.untilBeat(1_000, 1_000 + taken);
      assertEquals(0, end % beat);
      assertTrue(end > taken && end <= taken + beat);
    }
  }

  @Test
  public void whatBeginsWithItIsTheCodeAndCompleteOrNot() {
    MoveCode code = new MoveCode("*99");
    assertEquals(Optional.of("*1001*12345678"), code.rest("sip:*99*1001*12345678@a"));
    assertEquals(Optional.of("1"), code.rest("tel:*991"));
    assertEquals(Optional.empty(), code.rest("sip:1001@a"));
    assertEquals(Optional.empty(), code.rest("sip:%2@a"));
    try (MoveCode.Dialled dialled = MoveCode.read("*1001*12345678#").orElseThrow()) {
      assertEquals("1001", dialled.extension());
      assertTrue(dialled.pin().matches(Secret.ofText("12345678")));
    }
    for (String bad : List.of("", "*1*1234567", "*1*123456789", "1*12345678", "**12345678")) {
      assertTrue(bad, MoveCode.read(bad).isEmpty());
    }
  }
}
