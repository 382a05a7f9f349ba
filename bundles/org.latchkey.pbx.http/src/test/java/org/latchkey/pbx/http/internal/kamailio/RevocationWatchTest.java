package org.latchkey.pbx.http.internal.kamailio;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.kamailio.RecordedKamailio.KEY;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;

/** No registration at Kamailio outlives its key. */
public class RevocationWatchTest {

  private final RecordedKamailio recorded = RecordedKamailio.withAPhone();
  private final Set<String> revoked = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private Optional<String> unavailable = Optional.empty();
  private final RevocationWatch watch =
      new RevocationWatch(new Location(recorded), () -> Optional.of(new Keys()));

  @Test
  public void aKeyThatIsRevokedAnywhereLosesItsRegistration() {
    watch.round();
    assertEquals(List.of(), recorded.changes());
    revoked.add(KEY);
    watch.round();
    assertTrue(
        recorded.changes().toString(), recorded.changes().get(0).startsWith("ul.rm_contact"));
    recorded.calls.clear();
    watch.round();
    assertEquals("once is enough", List.of(), recorded.changes());
  }

  @Test
  public void aKeyWhoseGenerationHasEndedLosesItsRegistration() {
    watch.round();
    ended.add(KEY);
    watch.round();
    assertTrue(
        recorded.changes().toString(), recorded.changes().get(0).startsWith("ul.rm_contact"));
  }

  @Test
  public void itIsTriedAgainUntilKamailioTakesIt() {
    watch.round();
    revoked.add(KEY);
    recorded.reachable = false;
    watch.round();
    assertEquals(List.of(), recorded.changes());
    recorded.reachable = true;
    watch.round();
    assertTrue(recorded.changes().get(0).startsWith("ul.rm_contact"));
  }

  @Test
  public void aListThatCanNotBeReadKeepsNoKeyThatIsKnown() {
    watch.round();
    revoked.add(KEY);
    recorded.listable = false;
    watch.round();
    watch.round();
    assertTrue(recorded.changes().get(0).startsWith("ul.rm_contact"));
  }

  @Test
  public void aContactThatCanNotBeSaidAgainGoesWithItsAor() {
    recorded.withAnUnreadableContact();
    watch.round();
    revoked.add(KEY);
    watch.round();
    assertEquals("ul.rm [location, 1001@localhost]", recorded.changes().get(0));
  }

  @Test
  public void aRegistrationThatWasOnItsWayIsFoundAfterIt() {
    revoked.add(KEY);
    watch.round();
    recorded.calls.clear();
    watch.registered(KEY);
    watch.round();
    assertTrue(recorded.changes().get(0).startsWith("ul.rm_contact"));
  }

  @Test
  public void whileItIsNotKnownWhoIsRevokedNobodyIsDropped() {
    revoked.add(KEY);
    unavailable = Optional.of("the master key is missing");
    watch.round();
    assertEquals(List.of(), recorded.changes());
  }

  private final class Keys implements RegistrationKeys {
    @Override
    public Optional<String> unavailable() {
      return unavailable;
    }

    @Override
    public String defaultRealm() {
      return "latchkey";
    }

    @Override
    public boolean serves(String realm, String domain) {
      return true;
    }

    @Override
    public long revision() {
      return 0;
    }

    @Override
    public Optional<byte[]> subkey(
        int generation, KeyPurpose purpose, String realm, String domain) {
      return Optional.empty();
    }

    @Override
    public boolean authenticates(String keyIdentifier) {
      return !revoked(keyIdentifier) && !ended.contains(keyIdentifier);
    }

    @Override
    public boolean revoked(String keyIdentifier) {
      return revoked.contains(keyIdentifier);
    }
  }
}
