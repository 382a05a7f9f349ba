package org.latchkey.https.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.latchkey.door.Door;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorResource;
import org.latchkey.https.internal.connection.DoorSettings;
import org.latchkey.key.Secret;

/** What the doors do when there is too little of something. */
public class DoorKeepingTest {

  @Rule public final TestSite site = new TestSite();

  @Test
  public void aPortThatIsTakenIsToldAndTriedAgain() throws Exception {
    int port;
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = other.getLocalPort();
      site.with(usual -> usual.phones(door(port, 100, 4, 8))).open();
      String status = site.status();
      assertTrue(
          status,
          status.startsWith("FAULT: The phones' door can't listen on 127.0.0.1 port " + port));
      assertTrue(status, status.contains("phonesPort"));
      assertTrue(status, status.contains("OK: The PBX door is open"));
    }
    site.look();
    assertEquals(port, site.phones().getPort());
    assertFalse(site.status(), site.status().contains("FAULT"));
  }

  @Test
  public void anAddressOfAnotherMachineIsTold() {
    site.with(
            usual ->
                usual.phones(
                    new DoorSettings(Door.PHONES, "192.0.2.1", 0, 9, 9, 1, 1, TestSite.PATIENT)))
        .open();
    assertTrue(site.status(), site.status().startsWith("FAULT: The phones' door can't listen"));
  }

  @Test
  public void oneAddressDoesNotGetAllConnections() throws Exception {
    site.with(usual -> usual.phones(door(0, 3, 4, 8))).open().serving(TestResource.echo("/a"));
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      callers.add(Caller.at(site.phones()));
      assertEquals(200, callers.get(i).get("/a").status());
    }
    try (Caller next = Caller.at(site.phones())) {
      assertEquals(200, next.get("/a").status());
      assertTrue(site.status(), site.status().contains("WARNING: The phones' door turned 1 away"));
      assertThrows(IOException.class, () -> callers.get(0).get("/a"));
      for (Caller other : callers.subList(1, 3)) {
        assertEquals(200, other.get("/a").status());
      }
    }
    for (Caller caller : callers) {
      caller.close();
    }
  }

  @Test
  public void whoWaitsForAnAnswerMakesWayForNobody() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    DoorResource slow =
        TestResource.at(
            "/slow",
            request -> {
              busy.countDown();
              return waited(free);
            });
    site.with(usual -> usual.phones(door(0, 1, 2, 1))).open().serving(slow);
    try (Caller served = Caller.at(site.phones())) {
      served.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(busy.await(10, TimeUnit.SECONDS));
      try (Socket oneTooMany = new Socket()) {
        oneTooMany.setSoTimeout(15_000);
        oneTooMany.connect(site.phones());
        assertTrue(Caller.isCutOff(oneTooMany));
      }
      free.countDown();
      assertEquals(200, served.answer().status());
    }
  }

  @Test
  public void whenAllWorkersAreBusyTheNextIsToldToComeAgain() throws Exception {
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch free = new CountDownLatch(1);
    DoorResource slow =
        TestResource.at(
            "/slow",
            request -> {
              busy.countDown();
              return waited(free);
            });
    site.with(usual -> usual.phones(door(0, 100, 2, 1))).open().serving(slow);
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      callers.add(Caller.at(site.phones()).send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    assertTrue(busy.await(15, TimeUnit.SECONDS));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      callers.add(Caller.at(site.phones()).send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    try (Caller last = Caller.at(site.phones())) {
      Caller.Answer answer = last.get("/slow");
      assertEquals(503, answer.status());
      assertEquals("2", answer.header("retry-after"));
    }
    free.countDown();
    for (Caller caller : callers) {
      statuses.add(caller.answer().status());
      caller.close();
    }
    assertEquals(Set.of(200, 503), Set.copyOf(statuses));
    assertEquals(3, statuses.stream().filter(status -> status == 200).count());
  }

  @Test
  public void aResourceThatIsBeingRestartedIsNo404() throws Exception {
    DoorResource resource = TestResource.echo("/v1/keys");
    site.open().serving(resource);
    try (Caller caller = Caller.at(site.phones())) {
      site.doors().removeResource(resource);
      Caller.Answer answer = caller.get("/v1/keys");
      assertEquals(503, answer.status());
      assertEquals("2", answer.header("retry-after"));
      assertEquals(404, caller.get("/v1").status());

      site.serving(TestResource.echo("/v1/keys"));
      assertEquals(200, caller.get("/v1/keys").status());
    }
  }

  @Test
  public void aResourceThatIsSureToComeIsNo404AfterTheStart() throws Exception {
    site.with(usual -> usual.awaiting("/provision/", Duration.ofMinutes(1))).open();
    try (Caller caller = Caller.at(site.phones())) {
      assertEquals(503, caller.get("/provision/a.cfg").status());
      assertEquals(404, caller.get("/else").status());
    }
  }

  @Test
  public void aResourceThatDoesNotComeBackIs404() throws Exception {
    site.with(usual -> usual.awaiting("/provision/", Duration.ZERO)).open();
    try (Caller caller = Caller.at(site.phones())) {
      assertEquals(404, caller.get("/provision/a.cfg").status());
    }
  }

  @Test
  public void closingLetsARunningRequestEndAndLeavesNoThread() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    site.open()
        .serving(
            TestResource.at(
                "/slow",
                request -> {
                  asked.countDown();
                  return waited(free);
                }));
    int port = site.phones().getPort();
    try (Caller caller = Caller.at(site.phones())) {
      caller.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(asked.await(15, TimeUnit.SECONDS));
      Thread closing = new Thread(site::close);
      closing.start();
      free.countDown();
      assertEquals(200, caller.answer().status());
      closing.join();
    }
    assertEquals(Set.of(), ourThreads());
    try (ServerSocket free2 = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertTrue(free2.isBound());
    }
  }

  @Test
  public void bodiesAreWipedOnceTheyAreUsed() throws Exception {
    List<DoorRequest> requests = new ArrayList<>();
    List<DoorAnswer> answers = new ArrayList<>();
    site.open()
        .serving(
            TestResource.at(
                "/a",
                request -> {
                  requests.add(request);
                  answers.add(TestResource.text("secret"));
                  return answers.get(0);
                }));
    try (Caller caller = Caller.at(site.phones())) {
      caller.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nme");
      assertEquals("secret", caller.answer().body());
    }
    assertThrowsOnCopy(requests.get(0).body());
    assertThrowsOnCopy(answers.get(0).body());
  }

  private static void assertThrowsOnCopy(Secret secret) {
    assertThrows(IllegalStateException.class, secret::copy);
  }

  private static DoorAnswer waited(CountDownLatch free) {
    try {
      assertTrue(free.await(15, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return TestResource.text("done");
  }

  /** Threads of the doors that do not end. */
  private static Set<String> ourThreads() throws InterruptedException {
    Set<String> alive = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("latchkey-https")) {
        thread.join(TimeUnit.SECONDS.toMillis(5));
        if (thread.isAlive()) {
          alive.add(thread.getName());
        }
      }
    }
    return alive;
  }

  private static DoorSettings door(int port, int perSource, int workers, int queue) {
    return new DoorSettings(
        Door.PHONES, "127.0.0.1", port, 100, perSource, workers, queue, TestSite.PATIENT);
  }
}
