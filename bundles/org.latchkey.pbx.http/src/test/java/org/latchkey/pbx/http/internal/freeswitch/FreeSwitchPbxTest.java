package org.latchkey.pbx.http.internal.freeswitch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.freeswitch.RecordedEventSocket.list;
import static org.latchkey.pbx.http.internal.freeswitch.RecordedEventSocket.listed;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.KEY;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.OTHER_KEY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedCall;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;
import org.latchkey.audit.PhoneEvent;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.Registration;

/** FreeSWITCH's registrations and calls, by its event socket. */
public class FreeSwitchPbxTest {

  private static final String LIST = "sofia status profile internal reg";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<PermittedCall> permitted = new LinkedBlockingQueue<>();
  private final Revocations revoked = new Revocations();
  private final Clock clock = Clock.fixed(TestSite.NOW, ZoneOffset.UTC);
  private RecordedEventSocket recorded;
  private FreeSwitch freeSwitch;
  private Link link;

  @Before
  public void connect() throws Exception {
    Path file =
        temporary
            .getRoot()
            .toPath()
            .toRealPath()
            .resolve("latchkey")
            .resolve("freeswitch.event-socket");
    EventSocketPassword password = new EventSocketPassword(file, new Random(1));
    password.readOrMake().close();
    recorded = new RecordedEventSocket(Files.readString(file));
    recorded.answers.put(
        LIST, list(listed("c1@192.0.2.1", "1001", KEY), listed("c2@192.0.2.2", "1050", "1050")));
    freeSwitch = new FreeSwitch(TestSite.settings(recorded.port(), DigestAlgorithm.MD5));
    link =
        new Link(
            freeSwitch,
            password,
            new RegistrationEvents(freeSwitch.registrations(), new Heard(), clock),
            clock);
    link.round(Optional.of(revoked));
  }

  @After
  public void end() throws Exception {
    link.close();
    recorded.close();
  }

  @Test
  public void aRegistrationIsListedWithItsKeyAndAnOldPhoneWithout() {
    assertTrue(freeSwitch.registrations().areKnown());
    Map<String, Registration> all = new TreeMap<>();
    freeSwitch
        .registrations()
        .at(TestSite.NOW)
        .map(one -> one.toRegistration(one.aor().orElseThrow()))
        .forEach(one -> all.put(one.aor().user(), one));
    Registration phone = all.get("1001");
    assertEquals(KEY, phone.keyIdentifier());
    assertEquals("1001@pbx.test", phone.aor().toString());
    assertEquals("UDP 192.0.2.1:5060", phone.transport() + " " + phone.source());
    assertEquals(TestSite.NOW.plusSeconds(300), phone.expiresAt());
    assertEquals("phone/1.0", phone.userAgent());
    assertEquals("", all.get("1050").keyIdentifier());
  }

  @Test
  public void whatFreeSwitchRegistersIsToldAndKnown() throws Exception {
    recorded.tell(register("c3@192.0.2.3", "1003", OTHER_KEY));
    assertEquals(OTHER_KEY + " 1003@pbx.test", heard.poll(10, TimeUnit.SECONDS));
    assertTrue(
        freeSwitch
            .registrations()
            .isRegistered(OTHER_KEY, new Aor("1003", "pbx.test"), TestSite.NOW));
    recorded.tell(
        Map.of(
            "Event-Subclass",
            "sofia::expire",
            "call-id",
            "c3@192.0.2.3",
            "user",
            "1003",
            "host",
            "pbx.test"));
    recorded.tell(register("c4@192.0.2.4", "1004", KEY));
    assertEquals(KEY + " 1004@pbx.test", heard.poll(10, TimeUnit.SECONDS));
    assertEquals(List.of(), freeSwitch.registrations().of(OTHER_KEY));
  }

  @Test
  public void aRevokedKeyLosesItsRegistrationAndNoOther() {
    recorded.answers.put("sofia profile internal flush_inbound_reg c1@192.0.2.1", "+OK flushing\n");
    recorded.commands.clear();
    link.round(Optional.of(revoked));
    assertEquals(List.of(), recorded.commands);
    revoked.keys.add(KEY);
    link.round(Optional.of(revoked));
    assertEquals(
        List.of("api sofia profile internal flush_inbound_reg c1@192.0.2.1"), recorded.commands);
    assertEquals(List.of(), freeSwitch.registrations().of(KEY));
    assertEquals(1, freeSwitch.registrations().at(TestSite.NOW).count());
  }

  @Test
  public void aCallIdThatMeansMoreThanOneRegistrationIsNotUsed() {
    LiveRegistration other = TestSite.registration("x1@192.0.2.9", "1002", OTHER_KEY);
    for (String callId :
        List.of(
            "reboot", "REBOOT", "pbx.test", "1002@pbx.test", "x1@192.0.2.9", "a b", "'x'@y.z1")) {
      LiveRegistration one = TestSite.registration(callId, "1001", KEY);
      assertEquals(
          callId,
          "sofia profile internal flush_inbound_reg 1001@pbx.test",
          Flush.command(one, List.of(one, other)));
    }
  }

  @Test
  public void hangingUpEndsTheCallsThatAKeyMakes() throws Exception {
    String uuid = "5bd34f0e-6a0f-4a76-9b1b-1d8a25a0a6a";
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 4; i++) {
      rows.append(i == 1 ? "" : ",")
          .append("{\"uuid\":\"" + uuid + i + "\",\"direction\":\"")
          .append(i == 4 ? "outbound" : "inbound")
          .append("\"}");
      recorded.answers.put("uuid_kill " + uuid + i, "+OK\n");
    }
    recorded.answers.put("show channels as json", "{\"row_count\":4,\"rows\":[" + rows + "]}");
    recorded.answers.put("uuid_getvar " + uuid + "1 latchkey_key", KEY);
    recorded.answers.put("uuid_getvar " + uuid + "2 latchkey_key", "_undef_");
    recorded.answers.put("uuid_getvar " + uuid + "4 latchkey_key", KEY);
    int ended = link.run(commands -> Calls.hangUp(commands, KEY));
    assertEquals(1, ended);
    assertTrue(recorded.commands.contains("api uuid_kill " + uuid + "1"));
    assertFalse(recorded.commands.contains("api uuid_kill " + uuid + "2"));
  }

  @Test
  public void aPhoneIsToldToFetchItsConfiguration() throws Exception {
    assertEquals(1, link.checkSync(KEY, "check-sync;reboot=false"));
    String notify = recorded.commands.get(recorded.commands.size() - 1);
    assertTrue(notify, notify.startsWith("sendevent NOTIFY\nprofile: internal\nuser: 1001\n"));
    assertTrue(notify, notify.contains("event-string: check-sync;reboot=false"));
    assertEquals(0, link.checkSync(OTHER_KEY, "check-sync"));
  }

  @Test
  public void aCallForHelpIsToldAsItsCallerWasProved() throws Exception {
    Destination help = new Destination("112", "sip:112@trunk.example", Kind.EMERGENCY);
    recorded.tell(
        permitted(
            help,
            "${latchkey_by}",
            KEY,
            "${latchkey_aor}",
            "1001@pbx.test",
            "${network_addr}",
            "192.0.2.1"));
    PermittedCall call = permitted.poll(10, TimeUnit.SECONDS);
    assertEquals(help, call.destination());
    assertEquals(KEY, ((Originator.Phone) call.originator()).keyIdentifier());
    recorded.tell(
        permitted(
            help, "${latchkey_by}", "", "${latchkey_aor}", "", "${network_addr}", "192.0.2.7"));
    assertEquals(
        "/192.0.2.7:0",
        ((Originator.Unproved) permitted.poll(10, TimeUnit.SECONDS).originator())
            .source()
            .toString());
  }

  @Test
  public void whenItIsAwayNobodyIsKnownAndNothingIsDropped() throws Exception {
    recorded.close();
    for (int i = 0; i < 20; i++) {
      link.round(Optional.of(revoked));
    }
    assertFalse(freeSwitch.registrations().areKnown());
    assertThrows(java.io.IOException.class, () -> link.drop(KEY));
  }

  private static Map<String, String> register(String callId, String user, String key) {
    Map<String, String> event = new TreeMap<>();
    event.put("Event-Subclass", "sofia::register");
    event.put("profile-name", "internal");
    event.put("from-user", user);
    event.put("from-host", "pbx.test");
    event.put("contact", "\"\" <sip:" + user + "@192.0.2.3:5060>");
    event.put("call-id", callId);
    event.put("status", "Registered(TCP)");
    event.put("expires", "300");
    event.put("network-ip", "192.0.2.3");
    event.put("network-port", "5060");
    event.put("username", key);
    event.put("realm", "latchkey");
    event.put("user-agent", "phone: 2\u00b5");
    return event;
  }

  /** The event that our dialplan's argument makes, with its variables filled in. */
  private static Map<String, String> permitted(Destination destination, String... variables) {
    Map<String, String> event = new TreeMap<>();
    for (String pair : PermittedEvent.data(destination).split(",", -1)) {
      String value = pair.substring(pair.indexOf('=') + 1);
      for (int i = 0; i < variables.length; i += 2) {
        value = value.replace(variables[i], variables[i + 1]);
      }
      event.put(pair.substring(0, pair.indexOf('=')), value.replace("${sip_call_id}", "c9"));
    }
    event.remove("Event-Name");
    return event;
  }

  private final class Heard implements RegistrationEvents.Listeners {
    @Override
    public void accepted(String keyIdentifier, Aor aor, java.time.Instant at) {
      heard.add(keyIdentifier + " " + aor);
    }

    @Override
    public void placed(PermittedCall call) {
      permitted.add(call);
    }

    @Override
    public void note(PhoneEvent event) {
      assertFalse(event.keyIdentifier().isEmpty());
    }
  }
}
