package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.https.internal.TestIdentities.Holder;

/** Who is answered where: from memory beside the connection, or by somebody who may wait. */
public class AnswersAtOnceTest {

  @Rule public final TestSite site = new TestSite();

  private Holder pbx;

  @Before
  public void open() throws Exception {
    Holder authority = TestIdentities.authority("PBX authority");
    pbx = TestIdentities.client(authority, "pbx1");
    site.with(usual -> usual.trusting(usual.base().resolve("pbx.pem")));
    site.write("pbx.pem", authority.certificateFile());
    site.open()
        .serving(new FromMemory(Door.PBX, "/v1/"))
        .serving(new FromMemory(Door.PHONES, "/v1/"));
  }

  @Test
  public void whatComesFromMemoryIsAnsweredBesideTheConnectionAndTheRestByAWorker()
      throws Exception {
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      for (int i = 0; i < 3; i++) {
        String beside = caller.get("/v1/memory").body();
        assertTrue(beside, beside.contains("latchkey-https-pbx-loop"));
        String worker = caller.get("/v1/store").body();
        assertTrue(worker, worker.contains("latchkey-https-pbx-worker"));
      }
    }
  }

  @Test
  public void aPhoneIsAlwaysAnsweredByAWorker() throws Exception {
    try (Caller caller = Caller.at(site.phones())) {
      String worker = caller.get("/v1/memory").body();
      assertTrue(worker, worker.contains("latchkey-https-phones-worker"));
    }
  }

  @Test
  public void whatIsSentAheadIsAnsweredInItsOrder() throws Exception {
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      StringBuilder ahead = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        String path = i % 3 == 2 ? "/v1/store" : "/v1/memory";
        ahead
            .append("GET ")
            .append(path)
            .append('?')
            .append(i)
            .append(" HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      caller.send(ahead.toString());
      for (int i = 0; i < 12; i++) {
        Caller.Answer answer = caller.answer();
        assertEquals(200, answer.status());
        assertTrue(answer.body(), answer.body().endsWith("?" + i));
      }
    }
  }

  @Test
  public void aFaultBesideTheConnectionIsAFaultOfThatRequestAlone() throws Exception {
    try (Caller caller = Caller.showing(site.pbx(), pbx.key(), pbx.chain(), "TLSv1.3")) {
      assertEquals(500, caller.get("/v1/memory/broken").status());
      assertEquals(200, caller.get("/v1/memory").status());
    }
  }

  /** Says which thread asked it. */
  private record FromMemory(Door door, String path) implements DoorResource {

    @Override
    public boolean answersAtOnce(DoorRequest request) {
      return request.path().startsWith("/v1/memory");
    }

    @Override
    public DoorAnswer answer(DoorRequest request) {
      if (request.path().endsWith("/broken")) {
        throw new IllegalStateException("broken");
      }
      return TestResource.text(Thread.currentThread().getName() + '?' + request.query());
    }
  }
}
