package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;

import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Paths as a resource sees them, and tricks that never reach one. */
public class PathTest {

  @Rule public final TestSite site = new TestSite();

  @Before
  public void openTheDoors() {
    site.open().serving(TestResource.echo("/provision/")).serving(TestResource.echo("/v1/keys"));
  }

  @Test
  public void aPathIsDecodedOnceAndTidied() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      assertEquals("GET /provision/a b ", caller.get("/provision/a%20b").body());
      assertEquals("GET /provision/%41 ", caller.get("/provision/%2541").body());
      assertEquals("GET /provision/ü ", caller.get("/provision/%C3%BC").body());
      assertEquals("GET /provision/a ", caller.get("//provision/./a").body());
      assertEquals("GET /provision/a/ ", caller.get("/provision//a/").body());
      assertEquals("GET /provision/ ", caller.get("/provision/?code=1").body());
      assertEquals("GET /provision/a ", caller.get("https://localhost/provision/a").body());
    }
  }

  @Test
  public void tricksWithPathsAre404() throws Exception {
    List<String> tricks =
        List.of(
            "/provision/../v1/keys",
            "/provision/%2e%2e/v1/keys",
            "/provision/.%2E/v1/keys",
            "/provision%2fa",
            "/provision/a%2Fb",
            "/provision/a%5cb",
            "/provision/a\\b",
            "/provision/%00",
            "/provision/a%0d%0ab",
            "/provision/%c0%af",
            "/provision/%zz",
            "/provision/%4",
            "/provision/%",
            "/provision/a#b",
            "/provision/\u00fc",
            "provision/a",
            "*",
            "http://localhost/provision/a");
    try (Caller caller = Caller.at(site.phones())) {
      for (String trick : tricks) {
        assertEquals(trick, 404, caller.get(trick).status());
      }
    }
  }

  @Test
  public void theLongestPathWinsAndAnExactOneIsExact() throws Exception {
    site.serving(TestResource.at("/provision/linphone/", r -> TestResource.text("linphone")));
    try (Caller caller = Caller.at(site.phones())) {
      assertEquals("linphone", caller.get("/provision/linphone/x.xml").body());
      assertEquals("GET /provision/linphone ", caller.get("/provision/linphone").body());
      assertEquals(404, caller.get("/v1/keys/1").status());
      assertEquals(404, caller.get("/provision").status());
    }
  }
}
