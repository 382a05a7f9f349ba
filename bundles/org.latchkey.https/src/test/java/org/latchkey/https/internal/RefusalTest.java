package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.https.internal.Caller.Answer;

/** Requests that are refused before anybody is asked; the connection ends with each. */
public class RefusalTest {

  private static final String POST = "POST /v1/keys HTTP/1.1\r\nHost: a\r\n";

  @Rule public final TestSite site = new TestSite();

  @Before
  public void openTheDoors() {
    site.open().serving(TestResource.echo("/v1/keys"));
  }

  @Test
  public void aHeaderOfSixteenKibibytesIsTakenAndMoreIsNot() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      caller.send(POST + "X: " + "x".repeat(15 * 1024) + "\r\n\r\n");
      assertEquals(200, caller.answer().status());
    }
    assertRefused(431, POST + "X: " + "x".repeat(17 * 1024) + "\r\n\r\n");
  }

  @Test
  public void aRequestLineMayNotBeEndless() throws Exception {
    assertRefused(414, "GET /" + "x".repeat(9 * 1024) + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  @Test
  public void aBodyOfSixtyFourKibibytesIsTakenAndMoreIsNot() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      caller.send(POST + "Content-Length: 65536\r\n\r\n" + "x".repeat(65_536));
      assertEquals(200, caller.answer().status());
    }
    assertRefused(413, POST + "Content-Length: 65537\r\n\r\n" + "x".repeat(65_537));
  }

  @Test
  public void aBodyInChunksIsNoWayAroundTheLimit() throws Exception {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    assertRefused(413, POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5) + "0\r\n\r\n");
  }

  @Test
  public void aPeerThatWaitsForAGoAheadIsToldAtOnceThatItIsTooMuch() throws Exception {
    assertRefused(413, POST + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
    assertRefused(417, POST + "Expect: a-miracle\r\nContent-Length: 1\r\n\r\n");
  }

  @Test
  public void whatTwoServersCouldReadDifferentlyIsRefused() throws Exception {
    assertRefused(400, POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assertRefused(400, POST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
    assertRefused(400, POST + "Content-Length: -3\r\n\r\n");
    assertRefused(400, POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
    assertRefused(400, POST + "Transfer-Encoding: gzip\r\n\r\n");
    assertRefused(400, POST + "Host: b\r\n\r\n");
    assertRefused(400, "GET /v1/keys HTTP/1.1\r\n\r\n");
    assertRefused(400, "POST /v1/keys HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assertRefused(400, "what is this\r\n\r\n");
    assertRefused(400, POST + "A b: c\r\n\r\n");
  }

  @Test
  public void methodsAndVersionsOfOtherTradesAreRefused() throws Exception {
    assertRefused(501, "TRACE /v1/keys HTTP/1.1\r\nHost: a\r\n\r\n");
    assertRefused(501, "CONNECT /v1/keys HTTP/1.1\r\nHost: a\r\n\r\n");
    assertRefused(505, "GET /v1/keys HTTP/2.0\r\nHost: a\r\n\r\n");
  }

  @Test
  public void whoAsksForTooMuchAheadIsCutOff() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      caller.send("GET /v1/keys HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500));
      assertTrue(caller.isCutOff());
    }
  }

  private void assertRefused(int status, String request) throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      Answer answer = caller.send(request).answer();
      assertEquals(status, answer.status());
      assertEquals("application/problem+json", answer.header("content-type"));
      assertEquals("close", answer.header("connection"));
      assertTrue(caller.isCutOff());
    }
  }
}
