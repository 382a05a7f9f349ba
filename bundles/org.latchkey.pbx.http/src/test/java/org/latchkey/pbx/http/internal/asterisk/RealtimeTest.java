package org.latchkey.pbx.http.internal.asterisk;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.latchkey.pbx.http.internal.asterisk.Place.ANNA;
import static org.latchkey.pbx.http.internal.asterisk.Place.BEN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;
import org.latchkey.registration.Ha1Source;
import org.latchkey.registration.RejectionReason;

/** What Asterisk's realtime architecture is told of keys. */
public class RealtimeTest {

  private static final String NONE = "200 ";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private Place place;

  @Before
  public void aPlaceWithAKey() throws Exception {
    place = new Place(temporary.getRoot().toPath().toRealPath());
    place.with(Place.record(ANNA, "1001", DigestAlgorithm.MD5));
  }

  @Test
  public void anEndpointIsCalledAsItsKeyAndHasTheOneAorThatItsKeyOpens() {
    String row = place.ask("/16/ps_endpoints/single", "id=" + ANNA);
    assertTrue(
        row, row.startsWith("200 id=" + ANNA + "&auth=" + ANNA + "&aors=1001%40example.org&"));
    assertTrue(row, row.contains("&context=latchkey&"));
    assertTrue(row, row.contains("&callerid=%22Anna%20A%20Ex%22%20%3C1001%3E&"));
    assertTrue(row, row.contains("&identify_by=auth_username%2Cusername&"));
    assertTrue(row, row.contains("&rewrite_contact=yes&"));
  }

  @Test
  public void asterisk16GetsAnMd5CredentialAndAsterisk22ADigestOfEachAlgorithm() {
    String start = "200 id=%1$s&username=%1$s&realm=latchkey&".formatted(ANNA);
    assertEquals(
        start + "auth_type=md5&md5_cred=" + "a".repeat(32),
        place.ask("/16/ps_auths/single", "id=" + ANNA));
    assertEquals(
        start
            + "auth_type=digest&supported_algorithms_uas=MD5%2CSHA-256&password_digest=MD5%3A"
            + "a".repeat(32)
            + "&password_digest=SHA-256%3A"
            + "b".repeat(64),
        place.ask("/22/ps_auths/single", "id=" + ANNA));
  }

  @Test
  public void aKeyThatTakesNothingWeakerThanSha256IsNothingToAsterisk16() {
    place.with(Place.record(BEN, "1002", DigestAlgorithm.SHA_256));
    for (String table : List.of("ps_endpoints", "ps_auths")) {
      assertEquals(NONE, place.ask("/16/" + table + "/single", "id=" + BEN));
    }
    String row = place.ask("/22/ps_auths/single", "id=" + BEN);
    assertTrue(row, row.contains("SHA-256%3A" + "b".repeat(64)));
    assertFalse(row, row.contains("MD5"));
  }

  @Test
  public void anAorHasARowWhenAKeyOpensItAndAPlaceForEachOfItsPhones() {
    String row = place.ask("/22/ps_aors/single", "id=1001%40example.org");
    assertTrue(row, row.startsWith("200 id=1001%40example.org&max_contacts=1&"));
    for (String id : List.of("1001", "1002%40example.org", "1001%40elsewhere.org", "%40", "")) {
      assertEquals(id, NONE, place.ask("/22/ps_aors/single", "id=" + id));
    }
  }

  @Test
  public void aKeyRegistersInTheSecondItWasIssued() {
    place.stored.add(Place.record(BEN, "1002", DigestAlgorithm.MD5));
    for (String question :
        List.of("ps_endpoints/single id=" + BEN, "ps_aors/single id=1002%40example.org")) {
      String[] words = question.split(" ", -1);
      assertTrue(question, place.ask("/22/" + words[0], words[1]).startsWith("200 id="));
    }
  }

  @Test
  public void whatIsUnknownOrRevokedHasNoRow() {
    place.revoked.add(ANNA);
    for (String table : List.of("ps_endpoints", "ps_auths")) {
      assertEquals(NONE, place.ask("/22/" + table + "/single", "id=" + ANNA));
      for (String id : List.of(BEN, "1001", "anonymous", "1001%40example.org", ANNA + "%40x", "")) {
        assertEquals(id, NONE, place.ask("/22/" + table + "/single", "id=" + id));
      }
    }
  }

  @Test
  public void whatCantBeKnownIsNoRowAndNoFaultThatWouldCloseTheDoorToOtherPhones() {
    place.ha1Source = Optional.empty();
    assertEquals(NONE, place.ask("/22/ps_endpoints/single", "id=" + ANNA));
    place.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Unavailable("no key"));
    assertEquals(NONE, place.ask("/22/ps_auths/single", "id=" + ANNA));
    place.ha1Source =
        Optional.of(
            (k, a, r, g) -> {
              throw new IllegalStateException("broken");
            });
    assertEquals(NONE, place.ask("/16/ps_auths/single", "id=" + ANNA));
  }

  @Test
  public void aCredentialOfTheWrongLengthIsNone() {
    place.ha1Source = Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText("")));
    assertEquals(NONE, place.ask("/16/ps_auths/single", "id=" + ANNA));
    assertEquals(NONE, place.ask("/16/ps_endpoints/single", "id=" + ANNA));
  }

  @Test
  public void whoHasNotBothTheCertificateAndTheWordIsNobody() {
    String path = "/asterisk/" + place.word + "/16/ps_auths/single";
    byte[] form = ("id=" + ANNA).getBytes(StandardCharsets.US_ASCII);
    assertEquals(200, place.post(path, form).status());
    assertEquals(404, place.post(path.replace(place.word, "x"), form).status());
    assertEquals(404, place.post(path.replace(place.word, place.word + "0"), form).status());
    assertEquals(404, place.post("/asterisk/", form).status());
    place.certificate = "kamailio.pem";
    assertEquals("another PBX's", 404, place.post(path, form).status());
    place.certified = false;
    assertEquals(404, place.post(path, form).status());
  }

  @Test
  public void nothingIsListedAndNothingIsWritten() {
    assertEquals(NONE, place.ask("/22/ps_endpoints/multi", "id%20LIKE=%25"));
    for (String verb : List.of("update", "store", "destroy", "require")) {
      assertEquals("200 0", place.ask("/22/ps_auths/" + verb, "md5_cred=x"));
    }
    assertTrue(place.ask("/22/ps_contacts/single", "id=x").startsWith("404"));
    assertTrue(place.ask("/21/ps_auths/single", "id=x").startsWith("404"));
    assertTrue(place.ask("/22/ps_auths/static", "id=x").startsWith("404"));
  }

  @Test
  public void whoGotTheEndpointGetsItsCredentialsThoughTheirSourceIsBeingReplaced() {
    for (String version : List.of("16", "22")) {
      String auth = place.ask("/" + version + "/ps_auths/single", "id=" + ANNA);
      Optional<Ha1Source> source = place.ha1Source;
      assertTrue(place.ask("/" + version + "/ps_endpoints/single", "id=" + ANNA).length() > 9);
      for (Optional<Ha1Source> away : List.of(Optional.<Ha1Source>empty(), unavailable())) {
        place.ha1Source = away;
        assertEquals(auth, place.ask("/" + version + "/ps_auths/single", "id=" + ANNA));
        assertEquals("200 ", place.ask("/" + version + "/ps_auths/single", "id=" + BEN));
        assertEquals("200 ", place.ask("/" + version + "/ps_endpoints/single", "id=" + ANNA));
      }
      place.now = place.now.plusSeconds(2);
      assertEquals("200 ", place.ask("/" + version + "/ps_auths/single", "id=" + ANNA));
      place.ha1Source = source;
    }
  }

  @Test
  public void whatWasPromisedIsNotGivenOnceTheKeyIsRevoked() {
    assertTrue(place.ask("/16/ps_endpoints/single", "id=" + ANNA).length() > 9);
    place.revoked.add(ANNA);
    assertEquals("200 ", place.ask("/16/ps_auths/single", "id=" + ANNA));
  }

  @Test
  public void credentialsThatAreKnownInPartAreCompletedFromWhatWasPromised() {
    String auth = place.ask("/22/ps_auths/single", "id=" + ANNA);
    assertTrue(place.ask("/22/ps_endpoints/single", "id=" + ANNA).length() > 9);
    for (DigestAlgorithm known : DigestAlgorithm.values()) {
      place.ha1Source = only(known, new Ha1Answer.Unavailable("away"));
      assertEquals(auth, place.ask("/22/ps_auths/single", "id=" + ANNA));
      assertTrue(place.ask("/22/ps_endpoints/single", "id=" + ANNA).length() > 9);
    }
    place.ha1Source = Optional.empty();
    assertEquals("not overwritten", auth, place.ask("/22/ps_auths/single", "id=" + ANNA));
  }

  @Test
  public void credentialsThatAreKnownInPartAreNotPromised() {
    place.ha1Source = only(DigestAlgorithm.MD5, new Ha1Answer.Unavailable("away"));
    assertTrue(place.ask("/22/ps_endpoints/single", "id=" + ANNA).length() > 9);
    place.ha1Source = Optional.empty();
    assertEquals(NONE, place.ask("/22/ps_auths/single", "id=" + ANNA));
  }

  @Test
  public void aKeyThatIsRefusedByOneAlgorithmGetsNothingThatWasPromisedForAnother() {
    for (DigestAlgorithm away : DigestAlgorithm.values()) {
      Optional<Ha1Source> source = place.ha1Source;
      assertTrue(place.ask("/22/ps_endpoints/single", "id=" + ANNA).length() > 9);
      place.ha1Source =
          Optional.of(
              (k, a, r, algorithm) ->
                  algorithm == away
                      ? new Ha1Answer.Unavailable("away")
                      : new Ha1Answer.NoSuchKey(RejectionReason.REVOKED));
      assertEquals(NONE, place.ask("/22/ps_auths/single", "id=" + ANNA));
      place.ha1Source = source;
    }
  }

  private Optional<Ha1Source> only(DigestAlgorithm known, Ha1Answer otherwise) {
    return Optional.of(
        (key, aor, realm, algorithm) ->
            algorithm == known ? place.ha1(key, aor, realm, algorithm) : otherwise);
  }

  private static Optional<Ha1Source> unavailable() {
    return Optional.of(
        (key, aor, realm, algorithm) -> new Ha1Answer.Unavailable("the key is not there"));
  }
}
