package org.latchkey.admission;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.admission.PermittedDestinations.Kind;

public class PermittedDestinationsTest {

  private static final String AMBULANCE = "sip:112@trunk.example.org";

  private final PermittedDestinations permitted =
      PermittedDestinations.of(
          List.of("112=" + AMBULANCE + ", 911=sip:911@localhost", "urn:service:sos=" + AMBULANCE),
          List.of("7000=sip:7000@localhost"),
          List.of("latchkey-test=sip:latchkey-test@127.0.0.1:5099"));

  @Test
  public void anEmergencyNumberIsRecognisedHoweverItIsSpelled() {
    for (String uri :
        new String[] {
          "sip:112@pbx.example.org",
          "sips:112@pbx.example.org",
          "SIP:112@pbx.example.org",
          "sip:112@pbx.example.org;user=phone",
          "sip:112@elsewhere.example.net:5070;transport=tcp?Subject=x",
          "sip:112@[2001:db8::1]:5060",
          "sip:112@münchen.example",
          "sip:%31%31%32@pbx.example.org",
          "sip:112;phone-context=example.org@pbx.example.org;user=phone",
          "sip:112:pw@pbx.example.org",
          "tel:112",
          "TEL:112",
          "tel:1-1-2",
          "tel:112;phone-context=example.org",
          "urn:service:sos",
          "URN:SERVICE:SOS",
          "urn:service:sos.fire",
          "urn:service:sos.animal-control",
          "urn:Service:Sos.Police.x",
          "urn:service:sos?+a",
          "urn:service:sos.ambulance;x=y"
        }) {
      assertEquals(uri, Optional.of(AMBULANCE), target(uri));
    }
  }

  @Test
  public void whatIsNotExactlyADialledStringIsNoneOfThem() {
    for (String uri :
        new String[] {
          "",
          "112",
          "112@pbx.example.org",
          "sip:",
          "sip:112",
          "sip:112;user=phone",
          "sip:1123456@pbx.example.org",
          "sip:0112@pbx.example.org",
          "sip:+112@pbx.example.org",
          "sip:11@pbx.example.org",
          "sip:1-1-2@pbx.example.org",
          "sip:112%20@pbx.example.org",
          "sip: 112@pbx.example.org",
          "sip:112%00@pbx.example.org",
          "sip:112\r\n@pbx.example.org",
          "sip:112%3Bx@pbx.example.org",
          "sip:112%40x@pbx.example.org",
          "sip:112%@pbx.example.org",
          "sip:%2531%2531%2532@pbx.example.org",
          "sip:١١٢@pbx.example.org",
          "sip:urn%3Aservice%3Asos@pbx.example.org",
          "sip:LATCHKEY-TEST@pbx.example.org",
          "tel:1123456",
          "tel:+112",
          "http://112@pbx.example.org",
          "urn:service:sosx",
          "urn:service:sos-fire",
          "urn:service:sos.",
          "urn:service:sos..fire",
          "urn:service:sos.fire.",
          "urn:service:sos.fire@pbx.example.org",
          "urn:service:so",
          "urn:service:counseling",
          "urn:service:sos.\u0000",
          " urn:service:sos",
          "<sip:112@pbx.example.org>"
        }) {
      assertEquals(uri, Optional.empty(), target(uri));
    }
  }

  @Test
  public void veryLongInputIsAnsweredLikeAnyOther() {
    assertEquals(Optional.empty(), target("sip:" + "1".repeat(200_000) + "@x"));
    assertEquals(Optional.empty(), target("sip:" + "%".repeat(200_000) + "@x"));
    assertEquals(Optional.empty(), target("tel:" + "1-".repeat(200_000)));
    assertEquals(Optional.of(AMBULANCE), target("urn:service:sos" + ".a".repeat(200_000)));
    assertEquals(Optional.of(AMBULANCE), target("sip:112@" + "x".repeat(200_000)));
  }

  @Test
  public void eachKindKeepsItsOwnTarget() {
    assertEquals(Kind.EMERGENCY, permitted.match("sip:911@x").orElseThrow().kind());
    assertEquals(Kind.HELP_DESK, permitted.match("sip:7000@x").orElseThrow().kind());
    assertEquals(Kind.TEST, permitted.match("sip:latchkey-test@x").orElseThrow().kind());
    assertEquals(
        List.of("112", "911", "urn:service:sos", "7000", "latchkey-test"),
        permitted.all().stream().map(PermittedDestinations.Destination::dialled).toList());
  }

  @Test
  public void aListWithoutTheSosUrnPermitsNone() {
    PermittedDestinations one =
        PermittedDestinations.of(List.of("112=" + AMBULANCE), List.of(), List.of());
    assertTrue(one.match("urn:service:sos").isEmpty());
  }

  @Test
  public void aBadEntryIsRefusedByName() {
    for (String entry :
        new String[] {
          "112",
          "112=",
          "=sip:112@localhost",
          "112=112",
          "112=tel:112",
          "112=sip:localhost",
          "112=sip:112@local host",
          "112=sip:112@localhost:port",
          "112=<sip:112@localhost>",
          "1 12=sip:112@localhost",
          "1%12=sip:112@localhost",
          "112@x=sip:112@localhost",
          "112;x=sip:112@localhost",
          "urn:service:sos.fire=sip:112@localhost",
          "urn:service:counseling=sip:112@localhost"
        }) {
      Exception e =
          assertThrows(
              entry,
              IllegalArgumentException.class,
              () -> PermittedDestinations.of(List.of(entry), List.of(), List.of()));
      assertTrue(e.getMessage(), e.getMessage().contains(entry));
    }
  }

  @Test
  public void aNumberThatIsThereTwiceIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PermittedDestinations.of(
                List.of("112=" + AMBULANCE), List.of("112=sip:7000@localhost"), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PermittedDestinations.of(
                List.of("urn:service:sos=sip:1@x, URN:service:SOS=sip:2@x"), List.of(), List.of()));
  }

  @Test
  public void aListWithoutAnyEmergencyNumberIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            PermittedDestinations.of(
                List.of(" , "), List.of("7000=sip:7000@localhost"), List.of()));
  }

  private Optional<String> target(String uri) {
    return permitted.match(uri).map(PermittedDestinations.Destination::target);
  }
}
