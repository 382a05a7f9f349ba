package org.latchkey.pbx.http.internal.kamailio;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.kamailio.RecordedKamailio.KEY;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.latchkey.status.StatusLine;

/** Kamailio's registrations and calls, as it gives them over its RPC. */
public class KamailioPbxTest {

  static final PbxSite SITE =
      new PbxSite("latchkey", List.of("localhost"), List.of("Latchkey PBX kamailio"));

  private final RecordedKamailio recorded = RecordedKamailio.withAPhone();
  private final KamailioPbx pbx =
      new KamailioPbx(
          SITE,
          new Kamailio(settings()),
          new SiteDestinations(TemplateTest.destinations()),
          recorded,
          Clock.fixed(Instant.ofEpochSecond(1_795_667_500), ZoneOffset.UTC));

  static ProxySettings settings() {
    return new ProxySettings(
        "127.0.0.1:5066",
        List.of("udp:127.0.0.1:5060"),
        DigestAlgorithm.MD5,
        List.of(),
        "text:///etc/kamailio/latchkey/old-phones");
  }

  @After
  public void end() {
    pbx.close();
  }

  @Test
  public void aRegistrationIsListedWithItsKeyAndAnOldPhoneWithout() {
    List<Registration> all = pbx.registrations();
    assertEquals(2, all.size());
    Registration phone = all.get(0);
    assertEquals(KEY, phone.keyIdentifier());
    assertEquals("1001@localhost", phone.aor().toString());
    assertEquals("UDP 127.0.0.1:34335", phone.transport() + " " + phone.source());
    assertEquals("", phone.userAgent());
    assertEquals(Instant.ofEpochSecond(1_795_667_457), phone.registeredAt());
    assertEquals(Instant.ofEpochSecond(1_795_667_791), phone.expiresAt());
    assertEquals("", all.get(1).keyIdentifier());
  }

  @Test
  public void droppingAKeyRemovesItsContactsAndNoOthers() {
    assertEquals(1, pbx.drop(KEY));
    assertEquals(
        List.of(
            "ul.rm_contact [location, 1001@localhost, sip:1001@127.0.0.1:34335]",
            "htable.delete [latchkey_key, uloc-1]",
            "htable.delete [latchkey_aor, " + KEY + "]"),
        recorded.changes());
    assertEquals(0, pbx.drop("kunknown"));
  }

  @Test
  public void aContactThatCanNotBeSaidAgainGoesWithItsAor() {
    recorded.withAnUnreadableContact();
    assertEquals(1, pbx.drop(KEY));
    assertEquals("ul.rm [location, 1001@localhost]", recorded.changes().get(0));
  }

  @Test
  public void hangingUpEndsTheCallsOfAKeyButNoneForHelp() {
    String call = "{\"h_entry\":%d,\"h_id\":7,\"variables\":[%s]}";
    recorded.answers.put(
        "dlg.list []",
        "["
            + String.join(
                ",",
                call.formatted(1, "{\"latchkey_by\":\"" + KEY + "\"}"),
                call.formatted(2, "{\"latchkey_to\":\",kother," + KEY + "\"}"),
                call.formatted(
                    3, "{\"latchkey_by\":\"" + KEY + "\"},{\"latchkey_permitted\":\"emergency\"}"),
                call.formatted(4, "{\"latchkey_by\":\"kother\"}"))
            + "]");
    assertEquals(2, pbx.hangUp(KEY));
    assertEquals(List.of("dlg.end_dlg [1, 7]", "dlg.end_dlg [2, 7]"), recorded.changes());
  }

  @Test
  public void aPhoneIsToldWhereItRegisteredFrom() {
    assertEquals(1, pbx.checkSync(KEY, "check-sync;reboot=false"));
    String notify = recorded.changes().get(0);
    assertTrue(
        notify,
        notify.startsWith(
            "tm.t_uac_start [NOTIFY, sip:1001@127.0.0.1:34335, sip:127.0.0.1:34335, udp:127.0.0.1:25060, "));
    assertTrue(notify, notify.contains("\r\nEvent: check-sync;reboot=false\r\n"));
    assertThrows(
        IllegalArgumentException.class, () -> pbx.checkSync(KEY, "check-sync\r\nTo: <sip:x@y>"));
  }

  @Test
  public void whenItIsAwayNothingIsListedAndTheStatusSaysSo() {
    recorded.reachable = false;
    assertEquals(List.of(), pbx.registrations());
    assertThrows(IllegalStateException.class, () -> pbx.drop(KEY));
    assertEquals(StatusLine.Level.FAULT, pbx.status().get(0).level());
  }

  @Test
  public void theStatusWarnsWhenItsEmergencyNumbersAreNotThoseOfToday() {
    recorded.answers.put("cfg.get [latchkey, made]", "\"of old\"");
    assertEquals(StatusLine.Level.WARNING, pbx.status().get(0).level());
    String today =
        KamailioTemplate.of(SITE, settings(), Destinations.of(TemplateTest.destinations())).mark();
    recorded.answers.put("cfg.get [latchkey, made]", '"' + today + '"');
    assertEquals(StatusLine.Level.OK, pbx.status().get(0).level());
  }
}
