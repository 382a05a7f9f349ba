package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;

/** A contact is of the key that its phone proved last, whatever the registrar says. */
public class ProvedKeysTest {

  private static final String NEXT = "k" + "0".repeat(30) + "3";
  private static final String HOME = "192.0.2.7";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final RecordedAsterisk asterisk = new RecordedAsterisk();
  private Place place;
  private ProvedKeys proved;
  private Registrar registrar;

  @Before
  public void aPhoneIsRegisteredAndHasItsNextKey() throws Exception {
    place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(
        Place.record(ANNA, "1001", DigestAlgorithm.MD5),
        Place.record(NEXT, "1001", DigestAlgorithm.MD5),
        Place.record(BEN, "1002", DigestAlgorithm.MD5));
    asterisk.contacts.add(
        RecordedAsterisk.contact("1001@example.org", ANNA, "sip:1001@192.0.2.7:5062;ob"));
    proved = new ProvedKeys(place.keys);
    registrar = new Registrar(asterisk, proved);
  }

  @Test
  public void aPhoneThatRefreshesItsContactWithItsNextKeyIsRegisteredWithThatOne()
      throws Exception {
    ContactWatch watch =
        new ContactWatch(
            registrar, place.keys, Optional::empty, place, Clock.fixed(Place.NOW, ZoneOffset.UTC));
    watch.round();
    hear(RecordedAsterisk.proof(ANNA, HOME, "5062"));
    hear(RecordedAsterisk.proof(NEXT, HOME, "5062"));
    for (int i = 0; i < 5; i++) {
      watch.round();
    }
    assertEquals(List.of(ANNA + " 1001@example.org", NEXT + " 1001@example.org"), place.registered);
    assertEquals(0, registrar.drop(ANNA, Set.of("1001@example.org")));
    assertEquals("the old key's end is not the phone's", List.of(NEXT), owners());
    place.stored.set(1, Place.revoked(place.stored.get(1)));
    place.keys.round();
    assertEquals("the next key's is", 1, registrar.drop(NEXT, Set.of()));
    assertEquals(List.of(), owners());
  }

  @Test
  public void aProofFromElsewhereOrForAnotherExtensionChangesNothing() throws Exception {
    hear(RecordedAsterisk.proof(NEXT, HOME, "5063"));
    hear(RecordedAsterisk.proof(NEXT, "192.0.2.70", "5062"));
    hear(RecordedAsterisk.proof(BEN, HOME, "5062"));
    hear(RecordedAsterisk.proof("1050", HOME, "5062"));
    hear(RecordedAsterisk.proof("k" + "0".repeat(30) + "9", HOME, "5062"));
    for (String field : List.of("Event", "Service", "AccountID", "RemoteAddress")) {
      for (String other : List.of("", "x", "IPV4/UDP/192.0.2.7/", "InvalidPassword", "AMI")) {
        Map<String, String> event = new HashMap<>(RecordedAsterisk.proof(NEXT, HOME, "5062"));
        event.put(field, other);
        hear(event);
        event.remove(field);
        hear(event);
      }
    }
    assertEquals(List.of(ANNA), owners());
  }

  @Test
  public void anOldPhonesContactStaysItsOwn() throws Exception {
    asterisk.contacts.clear();
    asterisk.contacts.add(RecordedAsterisk.contact("1001@example.org", "1001", "sip:x@192.0.2.7"));
    hear(RecordedAsterisk.proof(NEXT, HOME, "5060"));
    assertEquals(List.of("1001"), owners());
  }

  @Test
  public void anAddressIsFoundInEachFormOfUri() {
    for (Map.Entry<String, String> one :
        Map.of(
                "sip:192.0.2.7", "192.0.2.7:5060",
                "sips:a%40b@192.0.2.7:5061;transport=tls", "192.0.2.7:5061",
                "sip:a@[2001:db8::1]:5062?x=y", "2001:db8::1:5062",
                "sip:a@[2001:db8::1]", "2001:db8::1:5060",
                "tel:112", "")
            .entrySet()) {
      Contact contact = new Contact("n", ANNA, one.getKey(), "", "", Place.NOW);
      assertEquals(one.getValue(), contact.address());
    }
  }

  private void hear(Map<String, String> event) {
    asterisk.told.clear();
    asterisk.told.add(event);
    assertThrows(IOException.class, () -> asterisk.hear("security", proved::heard));
  }

  private List<String> owners() throws IOException {
    return registrar.contacts().stream().map(Contact::endpoint).collect(Collectors.toList());
  }
}
