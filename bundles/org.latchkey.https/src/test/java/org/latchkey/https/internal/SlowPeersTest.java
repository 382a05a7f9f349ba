package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.https.internal.connection.Deadlines;
import org.latchkey.https.internal.connection.DoorSettings;

/** Peers that take their time lose the connection; a good one beside them notices nothing. */
public class SlowPeersTest {

  private static final Duration SHORT = Duration.ofMillis(1500);
  private static final Duration LONG = Duration.ofMinutes(1);

  @Rule public final TestSite site = new TestSite();

  private Caller good;

  @Before
  public void openTheDoors() throws Exception {
    Deadlines deadlines = new Deadlines(SHORT, SHORT, SHORT, SHORT, SHORT, LONG);
    site.with(
            usual ->
                usual.phones(
                    new DoorSettings(Door.PHONES, "127.0.0.1", 0, 100, 100, 2, 2, deadlines)))
        .open()
        .serving(TestResource.echo("/v1/keys"));
    good = Caller.at(site.phones());
    assertEquals(200, good.get("/v1/keys").status());
  }

  @After
  public void theGoodPeerIsStillServed() throws Exception {
    assertEquals(200, good.get("/v1/keys").status());
    good.close();
  }

  @Test
  public void whoOnlyConnectsIsCutOff() throws Exception {
    try (Socket silent = new Socket()) {
      silent.setSoTimeout(15_000);
      silent.connect(site.phones());
      assertTrue(Caller.isCutOff(silent));
    }
  }

  @Test
  public void whoDripsHisHandshakeIsCutOff() throws Exception {
    try (Socket dripping = new Socket()) {
      dripping.setSoTimeout(15_000);
      dripping.connect(site.phones());
      OutputStream out = dripping.getOutputStream();
      out.write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1});
      out.flush();
      assertTrue(Caller.isCutOff(dripping));
    }
  }

  @Test
  public void whoNeverAsksIsCutOff() throws Exception {
    try (Caller silent = Caller.at(site.phones())) {
      assertTrue(silent.isCutOff());
    }
  }

  @Test
  public void whoDripsHisHeaderIsCutOff() throws Exception {
    try (Caller dripping = Caller.at(site.phones())) {
      dripping.send("GET /v1/keys HTTP/1.1\r\n").send("Ho").send("s");
      assertTrue(dripping.isCutOff());
    }
  }

  @Test
  public void whoDripsTheHeaderOfHisSecondRequestIsCutOff() throws Exception {
    try (Caller dripping = Caller.at(site.phones())) {
      assertEquals(200, dripping.get("/v1/keys").status());
      dripping.send("G").send("E");
      assertTrue(dripping.isCutOff());
    }
  }

  @Test
  public void whoDripsHisBodyIsCutOff() throws Exception {
    try (Caller dripping = Caller.at(site.phones())) {
      dripping.send("POST /v1/keys HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n").send("a");
      assertTrue(dripping.isCutOff());
    }
  }

  @Test
  public void whoDoesNotTakeHisAnswerIsCutOff() throws Exception {
    String megabytes = "x".repeat(16 << 20);
    CountDownLatch asked = new CountDownLatch(1);
    site.serving(
        TestResource.at(
            "/big",
            request -> {
              asked.countDown();
              return TestResource.text(megabytes);
            }));
    try (Caller unwilling = Caller.at(site.phones())) {
      unwilling.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(asked.await(15, TimeUnit.SECONDS));
      assertTrue(unwilling.losesItsConnectionWithoutReading());
    }
  }

  @Test
  public void aResourceThatHangsIsNotWaitedForForever() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    site.serving(
        TestResource.at(
            "/hangs",
            request -> {
              try {
                hanging.await(15, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return TestResource.text("too late");
            }));
    try (Caller patient = Caller.at(site.phones())) {
      Caller.Answer answer = patient.get("/hangs");
      assertEquals(503, answer.status());
      assertEquals("2", answer.header("retry-after"));
      assertTrue(patient.isCutOff());
    } finally {
      hanging.countDown();
    }
  }
}
