package org.latchkey.pbx.http.internal.opensips;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.opensips.RecordedOpenSips.KEY;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.Registration;
import org.latchkey.pbx.http.internal.PbxSite;
import org.latchkey.pbx.http.internal.kamailio.TemplateTest;
import org.latchkey.pbx.http.internal.proxy.ProxySettings;
import org.latchkey.status.StatusLine;

/** OpenSIPS' registrations and calls, as it gives them over its management interface. */
public class OpenSipsPbxTest {

  static final PbxSite SITE =
      new PbxSite("latchkey", List.of("localhost"), List.of("Latchkey PBX opensips"));

  private final RecordedOpenSips recorded = RecordedOpenSips.withAPhone();
  private final OpenSipsPbx pbx =
      new OpenSipsPbx(
          SITE,
          openSips(),
          TemplateTest.siteDestinations(),
          recorded,
          Clock.fixed(Instant.ofEpochSecond(1_795_706_800), ZoneOffset.UTC));

  static OpenSips openSips() {
    return new OpenSips(
        new ProxySettings(
            "127.0.0.1:5067",
            List.of("udp:127.0.0.1:5060", "tcp:127.0.0.1:5060"),
            DigestAlgorithm.MD5,
            List.of(),
            ""),
        "/usr/lib/opensips/modules");
  }

  @After
  public void end() {
    pbx.close();
  }

  @Test
  public void aRegistrationIsListedWithItsKeyAndAnOldPhoneWithout() {
    List<Registration> all = pbx.registrations();
    assertEquals("none for an AOR that no key can have", 2, all.size());
    Registration phone = all.get(0);
    assertEquals(KEY, phone.keyIdentifier());
    assertEquals("1001@localhost", phone.aor().toString());
    assertEquals("UDP 127.0.0.1:49531", phone.transport() + " " + phone.source());
    assertEquals("", phone.userAgent());
    assertEquals(Instant.ofEpochSecond(1_795_706_797), phone.registeredAt());
    assertEquals(Instant.ofEpochSecond(1_795_707_099), phone.expiresAt());
    assertEquals("", all.get(1).keyIdentifier());
    assertEquals("Old 1.0", all.get(1).userAgent());
  }

  @Test
  public void droppingAKeyRemovesItsContactsAndNoOthers() {
    assertEquals(1, pbx.drop(KEY));
    assertEquals(
        List.of("ul_rm_contact [location, 1001@localhost, sip:1001@10.9.8.7:5070]"),
        recorded.changes());
    assertEquals(0, pbx.drop("kunknown"));
  }

  @Test
  public void aContactWhoseAorIsNotNotedIsFoundByItsKey() {
    recorded.answers.keySet().removeIf(question -> question.startsWith("cache_fetch"));
    assertEquals(1, pbx.drop(KEY));
    assertEquals(
        List.of("ul_rm_contact [location, 1001@localhost, sip:1001@10.9.8.7:5070]"),
        recorded.changes());
  }

  @Test
  public void aContactThatCanNotBeSaidAgainGoesWithItsAor() {
    recorded.answers.replaceAll(
        (question, answer) -> answer.replace("10.9.8.7", "10.9.8.7;x=\ufffd"));
    assertEquals(1, pbx.drop(KEY));
    assertEquals(List.of("ul_rm [location, 1001@localhost]"), recorded.changes());
  }

  @Test
  public void aContactThatOpenSipsDoesNotFindByWhatItListsGoesWithItsAor() {
    recorded.answers.keySet().removeIf(question -> question.startsWith("ul_rm_contact"));
    assertEquals(1, pbx.drop(KEY));
    assertEquals(
        List.of(
            "ul_rm_contact [location, 1001@localhost, sip:1001@10.9.8.7:5070]",
            "ul_rm [location, 1001@localhost]"),
        recorded.changes());
  }

  @Test
  public void aPhoneThatLeavesMeanwhileTakesNoOtherOfItsAorAlong() {
    recorded.beforeRemoving =
        () -> {
          recorded.answers.keySet().removeIf(question -> question.startsWith("ul_rm_contact"));
          recorded.answers.replaceAll((question, answer) -> answer.replace(KEY + ";", "kother;"));
        };
    assertEquals(1, pbx.drop(KEY));
    assertEquals(
        List.of("ul_rm_contact [location, 1001@localhost, sip:1001@10.9.8.7:5070]"),
        recorded.changes());
  }

  @Test
  public void hangingUpEndsTheCallsOfAKeyButNoneForHelp() {
    String call = "{\"ID\":\"feb.%d\",\"state\":4,\"context\":{\"values\":[%s]}}";
    recorded.answers.put(
        "dlg_list_ctx []",
        "{\"Dialogs\":["
            + String.join(
                ",",
                call.formatted(1, "{\"latchkey_by\":\"" + KEY + "\"}"),
                call.formatted(2, "{\"latchkey_to\":\",kother," + KEY + "\"}"),
                call.formatted(
                    3, "{\"latchkey_by\":\"" + KEY + "\"},{\"latchkey_permitted\":\"emergency\"}"),
                call.formatted(4, "{\"latchkey_by\":\"kother\"}"))
            + "]}");
    assertEquals(2, pbx.hangUp(KEY));
    assertEquals(List.of("dlg_end_dlg [feb.1]", "dlg_end_dlg [feb.2]"), recorded.changes());
  }

  @Test
  public void aPhoneIsToldWhereItRegisteredFrom() {
    assertEquals(1, pbx.checkSync(KEY, "check-sync;reboot=false"));
    String told = recorded.changes().get(0);
    assertTrue(told, told.startsWith("raise_event [E_LATCHKEY_CHECK_SYNC, {"));
    assertTrue(told, told.contains("\"uri\":\"sip:1001@127.0.0.1:49531\""));
    assertTrue(told, told.contains("\"event\":\"check-sync;reboot=false\""));
    assertThrows(
        IllegalArgumentException.class, () -> pbx.checkSync(KEY, "check-sync\r\nTo: <sip:x@y>"));
  }

  @Test
  public void whenItIsAwayNothingIsListedAndTheStatusSaysSo() {
    recorded.reachable = false;
    assertEquals(List.of(), pbx.registrations());
    assertThrows(IllegalStateException.class, () -> pbx.drop(KEY));
    StatusLine line = pbx.status().get(0);
    assertEquals(StatusLine.Level.FAULT, line.level());
    assertTrue(line.toString(), line.toString().contains("org.latchkey.pbx.http.opensips.cfg"));
  }

  @Test
  public void theStatusWarnsWhenItsEmergencyNumbersAreNotThoseOfToday() {
    String variable = "{\"VAR\":{\"type\":\"string\",\"value\":\"%s\"}}";
    recorded.answers.put("shv_get [latchkey_made]", variable.formatted("of old"));
    assertEquals(StatusLine.Level.WARNING, pbx.status().get(0).level());
    String today =
        OpenSipsTemplate.of(SITE, openSips(), TemplateTest.siteDestinations().read()).mark();
    recorded.answers.put("shv_get [latchkey_made]", variable.formatted(today));
    assertEquals(StatusLine.Level.OK, pbx.status().get(0).level());
  }
}
