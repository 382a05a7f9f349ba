package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.DoorAnswer;
import org.latchkey.https.internal.Caller.Answer;

/** What a peer may say at the phones' door, and what it hears. */
public class HttpTest {

  @Rule public final TestSite site = new TestSite();

  @Before
  public void openTheDoors() {
    site.open().serving(TestResource.echo("/v1/keys")).serving(TestResource.echo("/provision/"));
  }

  @Test
  public void aResourceAnswersAndNothingIsToBeStored() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      Answer answer =
          caller
              .send("POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello")
              .answer();

      assertEquals(200, answer.status());
      assertEquals("POST /v1/keys hello", answer.body());
      assertEquals("no-store", answer.header("cache-control"));
      assertEquals("text/plain", answer.header("content-type"));
    }
  }

  @Test
  public void whateverNobodyServesIsAPlain404() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      Answer answer = caller.get("/firmware.rom");

      assertEquals(404, answer.status());
      assertEquals("not found\n", answer.body());
      assertEquals("no-store", answer.header("cache-control"));
    }
  }

  @Test
  public void oneConnectionServesManyRequests() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      for (int i = 0; i < 20; i++) {
        assertEquals("GET /provision/" + i + ' ', caller.get("/provision/" + i).body());
      }
    }
  }

  @Test
  public void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        all.append("GET /provision/").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      caller.send(all.toString());
      for (int i = 0; i < 10; i++) {
        assertEquals("GET /provision/" + i + ' ', caller.answer().body());
      }
    }
  }

  @Test
  public void aHeadRequestHearsTheLengthButNoBody() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      caller.send("HEAD /provision/a HTTP/1.1\r\nHost: a\r\n\r\n");
      Answer head = caller.answer(false);

      assertEquals(200, head.status());
      assertEquals("18", head.header("content-length"));
      assertEquals("GET /provision/b ", caller.get("/provision/b").body());
    }
  }

  @Test
  public void anOldPeerIsAnsweredInItsVersionAndLetGo() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      Answer answer = caller.send("GET /provision/a HTTP/1.0\r\n\r\n").answer();

      assertEquals("HTTP/1.0", answer.version());
      assertEquals("close", answer.header("connection"));
      assertTrue(caller.isCutOff());
    }
  }

  @Test
  public void anOldPeerMayStay() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      String request = "GET /provision/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertEquals("keep-alive", caller.send(request).answer().header("connection"));
      assertEquals(200, caller.send(request).answer().status());
    }
  }

  @Test
  public void aPeerThatWaitsForAGoAheadGetsIt() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      caller.send(
          "POST /v1/keys HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertEquals(100, caller.answer().status());
      assertEquals("POST /v1/keys ok", caller.send("ok").answer().body());
    }
  }

  @Test
  public void aBodyInChunksIsPutTogether() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      caller.send(
          "POST /v1/keys HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      caller.send("2\r\nde\r\n0\r\n\r\n");
      assertEquals("POST /v1/keys abcde", caller.answer().body());
    }
  }

  @Test
  public void aFailingResourceShowsNothingOfIt() throws Exception {
    site.serving(
        TestResource.at(
            "/broken",
            request -> {
              throw new IllegalStateException("secret 4711");
            }));
    try (Caller caller = Caller.at(site.phones())) {
      Answer answer = caller.get("/broken");

      assertEquals(500, answer.status());
      assertEquals("application/problem+json", answer.header("content-type"));
      assertFalse(answer.body().contains("4711"));
      assertEquals(200, caller.get("/provision/a").status());
    }
  }

  @Test
  public void anAnswerThatWouldSplitTheHeaderIsNotSent() throws Exception {
    site.serving(
        TestResource.at("/split", request -> DoorAnswer.notFound().with("X-A", "b\r\nX-C: d")));
    try (Caller caller = Caller.at(site.phones())) {
      Answer answer = caller.get("/split");

      assertEquals(500, answer.status());
      assertEquals("", answer.header("x-c"));
    }
  }
}
