package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.PhoneEvent;

/** A PBX tells what happened. */
public class EventTest {

  private final Site site = new Site();
  private final long now = Site.NOW.getEpochSecond();

  @Test
  public void aRegistrationIsKnownToWhoListens() throws Exception {
    assertEquals("200 {\"result\":\"noted\"}", tell("registered", Map.of()));
    assertEquals(List.of("k1 1001@example.org 2026-11-26T04:59:50Z"), site.registered);
    assertEquals(PhoneEvent.Kind.REGISTERED, site.journal.get(0).kind());
    tell("unregistered", Map.of());
    assertEquals(1, site.registered.size());
    assertEquals(PhoneEvent.Kind.UNREGISTERED, site.journal.get(1).kind());
  }

  @Test
  public void aCallForHelpIsToldAsItsCallerWasProved() throws Exception {
    Map<String, Object> help =
        new LinkedHashMap<>(
            Map.of("dialled", "112", "target", "sip:112@trunk", "kind", "emergency"));
    tell("permitted", help);
    PermittedCall call = site.permitted.get(0);
    assertTrue(call.routed());
    assertEquals(Kind.EMERGENCY, call.destination().kind());
    assertEquals("k1", ((Originator.Phone) call.originator()).keyIdentifier());
    help.put("kind", "help-desk");
    help.put("aor", "");
    tell("refused-permitted", help);
    PermittedCall stranger = site.permitted.get(1);
    assertFalse(stranger.routed());
    assertEquals(Kind.HELP_DESK, stranger.destination().kind());
    assertEquals(
        "/192.0.2.1:5062", ((Originator.Unproved) stranger.originator()).source().toString());
  }

  @Test
  public void whatIsNoEventIsRefused() throws Exception {
    assertTrue(tell("exploded", Map.of()).startsWith("400 "));
    assertTrue(tell("registered", Map.of("at", now + 3600)).startsWith("400 "));
    assertTrue(tell("registered", Map.of("aor", "1001@attacker.example")).startsWith("400 "));
    assertTrue(tell("permitted", Map.of("dialled", "112")).startsWith("400 "));
    assertEquals(List.of(), site.registered);
    assertEquals(List.of(), site.permitted);
  }

  private String tell(String event, Map<String, ?> more) throws Exception {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", event);
    fields.put("at", now - 10);
    fields.put("source", "192.0.2.1");
    fields.put("port", 5062);
    fields.put("callId", "c1");
    fields.put("keyIdentifier", "k1");
    fields.put("aor", "1001@example.org");
    fields.putAll(more);
    return site.ask("/v1/events", fields);
  }
}
