package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;

/**
 * No list of contacts is so old that a phone which has its next key loses the registration it made
 * meanwhile, under the name that the one of the ended key had.
 */
public class ContactRemovalTest {

  private static final String NEXT = "k" + "0".repeat(30) + "4";
  private static final String LIST = "PJSIPShowContacts ";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private final RecordedAsterisk asterisk = new RecordedAsterisk();
  private ProvedKeys proved;
  private Registrar registrar;

  @Before
  public void twoPhonesOneOfWhichHasItsNextKey() throws Exception {
    Place place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(
        Place.record(ANNA, "1001", DigestAlgorithm.MD5),
        Place.record(BEN, "1002", DigestAlgorithm.MD5),
        Place.record(NEXT, "1002", DigestAlgorithm.MD5));
    register("1001", ANNA);
    register("1002", BEN);
    proved = new ProvedKeys(place.keys);
    registrar = new Registrar(asterisk, proved);
  }

  @Test
  public void aPhoneThatProvesItsNextKeyWhileOthersAreDeletedKeepsItsRegistration()
      throws Exception {
    after("DBDel registrar/contact 1001@", this::bensNextKeyIsProved);
    assertEquals(
        List.of(ANNA),
        registrar.drop(Map.of(ANNA, Set.of(), BEN, Set.of())).contacts().stream()
            .map(Contact::endpoint)
            .toList());
    assertEquals(Set.of("1002 " + BEN), left());
  }

  @Test
  public void eachKeyThatIsDroppedForItselfIsLookedFor() throws Exception {
    assertEquals(1, registrar.drop(ANNA, Set.of()));
    asterisk.contacts.clear();
    register("1002", NEXT);
    assertEquals(0, registrar.drop(BEN, Set.of()));
    assertEquals(Set.of("1002 " + NEXT), left());
  }

  @Test
  public void noListIsGoodForMoreThanAHundred() throws Exception {
    Map<String, Set<String>> keys = new HashMap<>(Map.of(ANNA, Set.of(), BEN, Set.of()));
    asterisk.contacts.clear();
    for (int i = 0; i < 249; i++) {
      String key = "j" + String.format("%019d", i);
      keys.put(key, Set.of());
      register("2" + i, key);
    }
    register("1002", BEN);
    after(
        "DBDel registrar/contact 20@",
        () -> {
          asterisk.contacts.remove(asterisk.contacts.size() - 1);
          register("1002", NEXT);
        });
    assertEquals(249, registrar.drop(keys).contacts().size());
    assertEquals(Set.of("1002 " + NEXT), left());
    assertEquals(3, asterisk.asked.stream().filter(LIST::equals).count());
  }

  @Test
  public void manyKeysThatHaveNoContactAreDroppedByOneListAndFewConnections() throws Exception {
    Map<String, Set<String>> keys = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      keys.put("j" + String.format("%019d", i), Set.of(i + "@example.org"));
    }
    keys.put(ANNA, Set.of());
    assertEquals(1, registrar.drop(keys).contacts().size());
    assertEquals(4, asterisk.connections);
    assertEquals(1, asterisk.asked.stream().filter(LIST::equals).count());
    assertEquals(Set.of("1002 " + BEN), left());
  }

  @Test(timeout = 60_000)
  public void contactsThatAreRefusedAreTriedOnceAndTheOthersGo() throws Exception {
    Map<String, Set<String>> keys = new HashMap<>(Map.of(ANNA, Set.of()));
    asterisk.contacts.clear();
    for (int i = 0; i < 150; i++) {
      String key = "j" + String.format("%019d", i);
      keys.put(key, Set.of());
      register("2" + i, key);
      asterisk.keeps.add("2" + i + "@example.org");
    }
    register("1001", ANNA);
    ContactRemoval.Dropped dropped = registrar.drop(keys);
    assertEquals(List.of(ANNA), dropped.contacts().stream().map(Contact::endpoint).toList());
    assertEquals(150, dropped.refused().size());
    assertEquals(Set.of("Permission denied"), Set.copyOf(dropped.refused().values()));
    assertEquals(150, asterisk.contacts.size());
  }

  private void bensNextKeyIsProved() {
    proved.heard(RecordedAsterisk.proof(NEXT, "192.0.2.7", "5062"));
  }

  private void register(String extension, String key) {
    asterisk.contacts.add(
        RecordedAsterisk.contact(extension + "@example.org", key, "sip:x@192.0.2.7:5062"));
  }

  private void after(String action, Runnable what) {
    asterisk.afterwards =
        asked -> {
          if (asked.startsWith(action)) {
            what.run();
          }
        };
  }

  /** What the registrar's table has: extensions, and the keys they were registered with. */
  private Set<String> left() {
    return asterisk.contacts.stream()
        .map(c -> c.getOrDefault("ObjectName", "").split("@", -1)[0] + ' ' + c.get("Endpoint"))
        .collect(Collectors.toSet());
  }
}
