package org.latchkey.pbx.http.internal.proxy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.pbx.Registration;

/** No registration at a SIP proxy outlives its key. */
public class RevocationWatchTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final OnePhone proxy = new OnePhone();
  private final Set<String> revoked = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private Optional<String> unavailable = Optional.empty();
  private final RevocationWatch watch =
      new RevocationWatch("Kamailio", proxy, () -> Optional.of(new Keys()));

  @Test
  public void aKeyThatIsRevokedAnywhereLosesItsRegistration() {
    watch.round();
    assertEquals(List.of(), proxy.dropped);
    revoked.add(KEY);
    watch.round();
    assertEquals(List.of(KEY), proxy.dropped);
    watch.round();
    assertEquals("once is enough", List.of(KEY), proxy.dropped);
  }

  @Test
  public void aKeyWhoseGenerationHasEndedLosesItsRegistration() {
    watch.round();
    ended.add(KEY);
    watch.round();
    assertEquals(List.of(KEY), proxy.dropped);
  }

  @Test
  public void itIsTriedAgainUntilTheProxyTakesIt() {
    watch.round();
    revoked.add(KEY);
    proxy.reachable = false;
    watch.round();
    assertEquals(List.of(), proxy.dropped);
    proxy.reachable = true;
    watch.round();
    assertEquals(List.of(KEY), proxy.dropped);
  }

  @Test
  public void aListThatCanNotBeReadKeepsNoKeyThatIsKnown() {
    watch.round();
    revoked.add(KEY);
    proxy.listable = false;
    for (int i = 0; i < 31; i++) {
      watch.round();
    }
    assertEquals(List.of(KEY), proxy.dropped);
  }

  @Test
  public void aKeyThatTheProxyDoesNotDropKeepsNoneOfTheOthers() {
    String other = "kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    proxy.listed = List.of(KEY, other);
    revoked.addAll(proxy.listed);
    for (String stubborn : List.of(KEY, other)) {
      for (Exception fault : List.of(new IOException("internal"), new IllegalStateException())) {
        proxy.listed.forEach(watch::registered);
        proxy.dropped.clear();
        proxy.faults = Map.of(stubborn, fault);
        watch.round();
        assertEquals(List.of(stubborn.equals(KEY) ? other : KEY), proxy.dropped);
        proxy.faults = Map.of();
        watch.round();
        assertTrue("and is tried again", proxy.dropped.contains(stubborn));
      }
    }
  }

  @Test
  public void whileTheProxyDoesNotAnswerAtAllItIsTriedWithOneKey() {
    List<String> all = List.of(KEY, "kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    proxy.listed = all;
    revoked.addAll(all);
    for (IOException silence : List.of(new ConnectException(), new SocketTimeoutException())) {
      all.forEach(watch::registered);
      proxy.dropped.clear();
      proxy.tried.clear();
      proxy.silence = Optional.of(silence);
      proxy.faults = Map.of(all.get(0), silence, all.get(1), silence);
      watch.round();
      assertEquals(1, proxy.tried.size());
      proxy.silence = Optional.empty();
      watch.round();
      assertEquals("which only takes long for them", 3, proxy.tried.size());
      proxy.faults = Map.of();
      watch.round();
      assertEquals(Set.copyOf(all), Set.copyOf(proxy.dropped));
    }
  }

  @Test
  public void aRegistrationThatWasOnItsWayIsFoundAfterIt() {
    revoked.add(KEY);
    watch.round();
    watch.registered(KEY);
    watch.round();
    assertEquals(List.of(KEY, KEY), proxy.dropped);
  }

  @Test
  public void aKeyThatRegistersWhileTheListIsOnItsWayStaysKnown() {
    String late = "kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    proxy.whileListing = () -> watch.registered(late);
    watch.round();
    revoked.add(late);
    watch.round();
    assertEquals(List.of(late), proxy.dropped);
  }

  @Test
  public void whileItIsNotKnownWhoIsRevokedNobodyIsDropped() {
    revoked.add(KEY);
    unavailable = Optional.of("the master key is missing");
    watch.round();
    assertEquals(List.of(), proxy.dropped);
  }

  private static final class OnePhone implements KeyedContacts {
    private final List<String> dropped = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private boolean reachable = true;
    private boolean listable = true;
    private List<String> listed = List.of(KEY);
    private Map<String, Exception> faults = Map.of();
    private Optional<IOException> silence = Optional.empty();
    private Runnable whileListing = () -> {};

    @Override
    public List<Registration> registrations(Instant now) {
      return List.of();
    }

    @Override
    public Set<String> keys() throws IOException {
      if (!listable) {
        throw new IOException("does not answer in JSON");
      }
      whileListing.run();
      return new HashSet<>(reachable(listed));
    }

    @Override
    public int drop(String keyIdentifier) throws IOException {
      tried.add(keyIdentifier);
      if (faults.get(keyIdentifier) instanceof IOException fault) {
        throw fault;
      }
      if (faults.get(keyIdentifier) instanceof RuntimeException fault) {
        throw fault;
      }
      dropped.addAll(reachable(List.of(keyIdentifier)));
      return 1;
    }

    @Override
    public int hangUp(String keyIdentifier) {
      return 0;
    }

    @Override
    public int checkSync(String keyIdentifier, String event, Instant now) {
      return 0;
    }

    @Override
    public String made() throws IOException {
      if (silence.isPresent()) {
        throw silence.get();
      }
      return "";
    }

    private List<String> reachable(List<String> keys) throws IOException {
      if (!reachable) {
        throw new IOException("Connection refused");
      }
      return keys;
    }
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
