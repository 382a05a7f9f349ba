package org.latchkey.pbx.http.internal.freeswitch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.KEY;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.NOW;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.OTHER_KEY;
import static org.latchkey.pbx.http.internal.freeswitch.TestSite.registration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.admission.AdmissionDecision;
import org.latchkey.admission.AdmissionDecision.RefusalReason;
import org.latchkey.admission.CallAttempt;
import org.latchkey.admission.Originator;
import org.latchkey.admission.PermittedDestinations.Destination;
import org.latchkey.admission.PermittedDestinations.Kind;

/** A call of a phone with a key asks where it goes. */
public class DialplanTest {

  private static final String AWAY = "respond 503 Service Unavailable";

  private final TestSite site = new TestSite();
  private final List<CallAttempt> attempts = new ArrayList<>();

  @Before
  public void thePhoneIsRegistered() {
    site.freeSwitch.registrations().listed(List.of(registration("c1", "1001", KEY)), NOW);
  }

  @Test
  public void anAdmittedCallGoesOnInTheSitesDialplan() throws Exception {
    decide(new AdmissionDecision.Admitted());
    List<String> actions = ask(Recorded.call());
    assertEquals("transfer 1002 XML default", actions.get(actions.size() - 1));
    assertTrue(actions.contains("export force_transfer_context=latchkey-admission"));
    Originator.Phone phone = (Originator.Phone) attempts.get(0).originator();
    assertEquals(
        KEY + " 1001@pbx.test true",
        phone.keyIdentifier() + " " + phone.aor() + " " + phone.registered());
    assertEquals("sip:1002@pbx.test", attempts.get(0).destination());
    assertEquals("c2@192.0.2.1", attempts.get(0).callId());
  }

  @Test
  public void aRefusalHasTheAdministratorsWordsButNothingToExpand() throws Exception {
    decide(
        new AdmissionDecision.Refused(
            403, "Call \"7000\" & ask ${system(id)}", RefusalReason.HELD));
    assertEquals(List.of("respond 403 Call \"7000\" & ask  {system(id)}"), ask(Recorded.call()));
  }

  @Test
  public void aDestinationThatFreeSwitchsFileLacksGoesToItsTarget() throws Exception {
    decide(
        new AdmissionDecision.Permitted(
            new Destination("113", "sip:113@trunk.example:5070", Kind.EMERGENCY)));
    List<String> actions = ask(Recorded.call());
    assertTrue(actions.contains("unset latchkey_key"));
    assertEquals(
        "bridge sofia/external/sip:113@trunk.example:5070", actions.get(actions.size() - 1));
    decide(
        new AdmissionDecision.Permitted(
            new Destination("7000", "sip:7000@pbx.test", Kind.HELP_DESK)));
    List<String> local = ask(Recorded.call());
    assertEquals("bridge ${sofia_contact(*/7000@pbx.test)}", local.get(local.size() - 1));
  }

  @Test
  public void doubtIsNoYes() throws Exception {
    assertEquals(List.of(AWAY), ask(Recorded.call()));
    decide(new AdmissionDecision.Unavailable("holds are not known", Duration.ofSeconds(5)));
    assertEquals(List.of(AWAY), ask(Recorded.call()));
    decide(null);
    assertEquals(List.of(AWAY), ask(Recorded.call()));
    decide(new AdmissionDecision.Admitted());
    site.freeSwitch.registrations().areUnknown();
    assertEquals(List.of(AWAY), ask(Recorded.call()));
  }

  @Test
  public void whoIsNotRegisteredWithThisKeyIsNotToldAsRegistered() throws Exception {
    decide(new AdmissionDecision.Admitted());
    Map<String, String> call = Recorded.call();
    call.put("variable_latchkey_key", OTHER_KEY);
    ask(call);
    assertEquals(false, ((Originator.Phone) attempts.get(0).originator()).registered());
  }

  @Test
  public void eachPhoneThatWouldRingIsAskedAbout() throws Exception {
    site.freeSwitch.registrations().add(registration("c3", "1002", OTHER_KEY));
    decide(new AdmissionDecision.Admitted());
    ask(Recorded.call());
    assertEquals(Optional.of(OTHER_KEY), attempts.get(0).calledKeyIdentifier());
    assertEquals("1002@pbx.test", attempts.get(0).called().orElseThrow().toString());
  }

  @Test
  public void aNumberThatWouldChooseAContextGoesNowhere() throws Exception {
    decide(new AdmissionDecision.Admitted());
    for (String number :
        List.of("1002 XML public", "${system(id)}", "1002,1003", "1002'", "", "1002\u00e9")) {
      Map<String, String> call = Recorded.call();
      call.put("Hunt-Destination-Number", number);
      assertEquals(number, List.of("respond 404 Not Found"), ask(call));
    }
    assertEquals(List.of(), attempts);
  }

  @Test
  public void whoProvedNothingIsRefused() throws Exception {
    decide(new AdmissionDecision.Admitted());
    for (String field : List.of("variable_latchkey_key", "variable_latchkey_aor")) {
      for (String value : List.of("", "1001", "1001@attacker.example", "a b@pbx.test")) {
        Map<String, String> call = Recorded.call();
        call.put(field, value);
        assertEquals(field + value, List.of("respond 403 Forbidden"), ask(call));
      }
    }
    assertEquals(List.of(), attempts);
  }

  @Test
  public void otherContextsAreFreeSwitchsOwn() {
    decide(new AdmissionDecision.Admitted());
    Map<String, String> call = Recorded.call();
    call.put("Hunt-Context", "default");
    assertTrue(TestSite.text(site.ask(call)).contains("not found"));
    assertEquals(List.of(), attempts);
  }

  private List<String> ask(Map<String, String> fields) throws Exception {
    return TestSite.actions(site.ask(fields));
  }

  private void decide(AdmissionDecision decision) {
    site.admission =
        Optional.of(
            attempt -> {
              attempts.add(attempt);
              return decision;
            });
  }
}
