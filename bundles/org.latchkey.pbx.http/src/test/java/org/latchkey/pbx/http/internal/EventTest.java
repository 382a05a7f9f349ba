package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Collections;
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

  @Test
  public void manyEventsAreTakenInOrder() throws Exception {
    List<Object> events =
        List.of(
            event("registered", Map.of()),
            event("unregistered", Map.of("aor", "1002@example.org")));
    assertEquals("200 {\"result\":\"noted\",\"count\":2}", tell(events));
    assertEquals(List.of("k1 1001@example.org 2026-11-26T04:59:50Z"), site.registered);
    assertEquals(
        List.of("1001@example.org", "1002@example.org"),
        site.journal.stream().map(PhoneEvent::aor).toList());
  }

  @Test
  public void aBadEventKeepsNoOtherFromBeingTaken() throws Exception {
    List<Object> events =
        List.of(
            event("exploded", Map.of()),
            event("registered", Map.of("colour", "red")),
            Map.of("event", "registered"),
            event("registered", Map.of()));
    assertEquals(
        "200 {\"result\":\"noted\",\"count\":4,\"problem\":\"event 2: at is missing or no whole"
            + " number\"}",
        tell(events));
    assertEquals(1, site.registered.size());
  }

  @Test
  public void whatCouldNotBeTakenAtTheTimeIsAskedForAgain() throws Exception {
    List<Object> events =
        List.of(
            event("registered", Map.of()),
            event("registered", Map.of("keyIdentifier", "k2")),
            event("registered", Map.of("keyIdentifier", "k3")));
    site.failing = "k2";
    assertEquals("200 {\"result\":\"noted\",\"count\":1}", tell(events));
    assertTrue(tell(events.subList(1, 3)).startsWith("503 "));
    assertEquals(1, site.registered.size());
    site.failing = "";
    assertEquals("200 {\"result\":\"noted\",\"count\":2}", tell(events.subList(1, 3)));
    assertEquals(3, site.registered.size());
  }

  @Test
  public void aListOfAnythingElseIsNoQuestion() throws Exception {
    assertTrue(tell(List.of("registered")).startsWith("400 "));
    assertTrue(tell(List.of(List.of(event("registered", Map.of())))).startsWith("400 "));
    assertTrue(tell(Collections.nCopies(65, event("registered", Map.of()))).startsWith("400 "));
    assertTrue(site.ask("/v1/events", Map.of("events", 1)).startsWith("400 "));
    Map<String, Object> nested = event("registered", Map.of("events", List.of()));
    assertTrue(tell(List.of(nested)).startsWith("400 "));
    Map<String, Object> listed = event("registered", Map.of("events", 1));
    assertTrue(tell(List.of(listed)).contains("event 0: the object has a field other than"));
    assertEquals(List.of(), site.registered);
  }

  private String tell(List<?> events) throws Exception {
    return site.ask("/v1/events", Map.of("events", events));
  }

  private String tell(String event, Map<String, ?> more) throws Exception {
    return site.ask("/v1/events", event(event, more));
  }

  private Map<String, Object> event(String event, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", event);
    fields.put("at", now - 10);
    fields.put("source", "192.0.2.1");
    fields.put("port", 5062);
    fields.put("callId", "c1");
    fields.put("keyIdentifier", "k1");
    fields.put("aor", "1001@example.org");
    fields.putAll(more);
    return fields;
  }
}
