package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyRecord;

/** The copy of what was issued: fresh while there is a store, good without one. */
public class IssuedKeysTest {

  private static final KeyRecord OF_ANNA = Place.record(ANNA, "1001", DigestAlgorithm.MD5);
  private static final KeyRecord OF_BEN = Place.record(BEN, "1002", DigestAlgorithm.SHA_256);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private Path folder;
  private Place place;

  @Before
  public void aPlace() throws Exception {
    folder = temporary.getRoot().toPath().toRealPath();
    place = new Place(folder);
  }

  @Test
  public void aStartWithoutAStoreKnowsWhatWasIssuedBefore() throws Exception {
    place.with(OF_ANNA, OF_BEN);
    Path file = folder.resolve("latchkey/asterisk.keys");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Place later = new Place(folder);
    later.storeIsThere = false;
    later.keys.round();
    assertEquals(place.keys.all(), later.keys.all());
    assertEquals(
        new IssuedLine(
            BEN, new Aor("1002", "example.org"), DigestAlgorithm.SHA_256, "Anna \"A\" Ex"),
        later.keys.key(BEN).orElseThrow());
    assertEquals(1, later.keys.of(new Aor("1001", "example.org")).size());
  }

  @Test
  public void aDamagedFileIsNoKeyAndNoHindrance() throws Exception {
    place.with(OF_ANNA);
    Path file = folder.resolve("latchkey/asterisk.keys");
    for (String damage : List.of("x", ANNA + "\t1001\t\tMD5\t", ANNA + "\t1\th\tMD4\t", "%")) {
      Files.writeString(file, damage);
      Place later = new Place(folder);
      assertTrue(damage, later.keys.all().isEmpty());
      later.with(OF_ANNA);
      assertTrue(later.keys.key(ANNA).isPresent());
    }
  }

  @Test
  public void aKeyThatWasIssuedJustNowIsKnownAtOnceAndARevokedOneIsNot() {
    place.stored.add(OF_ANNA);
    place.stored.add(Place.revoked(OF_BEN));
    assertTrue("before any round", place.keys.key(ANNA).isPresent());
    assertFalse(place.keys.key(BEN).isPresent());
    place.keys.round();
    place.stored.set(0, Place.revoked(OF_ANNA));
    place.keys.round();
    assertFalse(place.keys.key(ANNA).isPresent());
  }

  @Test
  public void theAorOfAKeyThatWasIssuedJustNowIsKnownWithIt() {
    Aor aor = new Aor("1002", "example.org");
    place.with(OF_ANNA);
    place.whileKeysAreRead =
        () -> {
          place.stored.add(OF_BEN);
          assertTrue("a phone registers", place.keys.key(BEN).isPresent());
        };
    place.keys.round();
    place.whileKeysAreRead = () -> {};
    assertEquals("the copy is older than the key", 1, place.keys.of(aor).size());
    assertTrue(place.keys.all().containsKey(BEN));
    place.keys.round();
    assertEquals("and once only when it has it", 1, place.keys.of(aor).size());
    place.stored.set(1, Place.revoked(OF_BEN));
    place.keys.round();
    assertTrue(place.keys.of(aor).isEmpty());
    assertFalse(place.keys.all().containsKey(BEN));
  }

  @Test
  public void aStoreThatStandsStillHoldsNobody() throws Exception {
    place.with(OF_ANNA);
    place.stored.add(OF_BEN);
    CountDownLatch goesOn = new CountDownLatch(1);
    place.whileAKeyIsRead =
        () -> {
          try {
            goesOn.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    Thread asking =
        new Thread(
            () -> {
              for (int i = 0; i < 5; i++) {
                assertFalse(place.keys.key("k" + "0".repeat(27) + (1_000 + i)).isPresent());
              }
              assertTrue(place.keys.key(ANNA).isPresent());
            });
    asking.start();
    asking.join(5_000);
    assertFalse("each is answered within a moment", asking.isAlive());
    goesOn.countDown();
    assertTrue("and later it is found", place.keys.key(BEN).isPresent());
  }

  @Test
  public void aScannersInventionsReachTheStoreAFewTimesOnly() {
    place.with(OF_ANNA);
    for (int i = 0; i < 1_000; i++) {
      assertFalse(place.keys.key("k" + "0".repeat(27) + (1_000 + i)).isPresent());
      assertFalse(place.keys.key("anonymous" + i).isPresent());
    }
    assertTrue(place.keys.key(ANNA).isPresent());
    assertEquals(20, place.lookUps);
    place.keys.round();
    place.stored.add(OF_BEN);
    assertTrue("after the next round again", place.keys.key(BEN).isPresent());
  }

  @Test
  public void keysOfOtherRealmsAndUsersThatAsteriskCantHaveAreLeftOut() {
    place.with(
        Place.record(ANNA, "1001,1002", DigestAlgorithm.MD5),
        new KeyRecord(
            BEN,
            1,
            new Aor("1002", "elsewhere.org"),
            "latchkey",
            OF_BEN.device(),
            1,
            DigestAlgorithm.MD5,
            "generic",
            OF_BEN.displayName(),
            "e",
            0,
            Place.NOW,
            OF_BEN.registeredAt(),
            OF_BEN.revocation()));
    assertTrue(place.keys.all().isEmpty());
    assertFalse(place.keys.key(ANNA).isPresent());
    assertFalse(place.keys.key(BEN).isPresent());
  }
}
