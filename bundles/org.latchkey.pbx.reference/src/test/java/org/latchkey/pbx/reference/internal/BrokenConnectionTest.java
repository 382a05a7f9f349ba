package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.admission.PermittedCall;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A connection to a trunk that breaks at once costs no call for help, nor a long wait. */
public class BrokenConnectionTest {

  private static final String EMERGENCY = "sip:112@example.org";

  private final PbxRig rig = new PbxRig();
  private ServerSocket trunk;

  @Before
  public void openTrunk() throws IOException {
    trunk = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    trunk.setSoTimeout(20_000);
    rig.emergencyAt("sip:112@127.0.0.1:" + trunk.getLocalPort() + ";transport=tcp");
  }

  @After
  public void closeAll() throws IOException {
    rig.close();
    trunk.close();
  }

  @Test
  public void theCallIsSentAgainOnAnotherConnection() throws Exception {
    try (TestPhone stranger = TestPhone.udp("x", rig)) {
      SipMessage invite = stranger.invite(EMERGENCY).body(new byte[200]).build();
      stranger.send(invite);
      trunk.accept().close();
      Socket second = trunk.accept();
      try (TestPhone centre = new TestPhone("e", to -> Wires.stream(second, "TCP", to))) {
        SipMessage again = centre.nextRequest("INVITE");
        assertEquals(invite.callId(), again.callId());
        assertEquals("two of ours and none of the way that broke", 2, routes(again));
        assertTrue(again.bytes().length > 200);
        centre.send(centre.answer(again, 200).build());
        SipMessage ok = stranger.finalAnswer();
        assertEquals(200, ok.status());
        stranger.send(stranger.inDialog(ok, "BYE", 2).build());
        centre.send(centre.answer(centre.nextRequest("BYE"), 200).build());
        assertEquals(200, stranger.finalAnswer().status());
        assertEquals(0, rig.pbx.callCount().calls());
      }
    }
  }

  @Test
  public void whenThatBreaksTooTheCallerHearsItAtOnceAndItIsToldThatNobodyWasReached()
      throws Exception {
    try (TestPhone stranger = TestPhone.udp("x", rig)) {
      stranger.send(stranger.invite(EMERGENCY).build());
      closeWhateverComes();
      assertEquals(480, stranger.finalAnswer().status());
      assertEquals(0, rig.pbx.callCount().calls());
      PermittedCall told = rig.services.permittedCalls.poll(20, TimeUnit.SECONDS);
      if (told != null && told.routed()) {
        told = rig.services.permittedCalls.poll(20, TimeUnit.SECONDS);
      }
      assertFalse("it is told not to have arrived", told == null || told.routed());
    }
  }

  @Test
  public void aPhoneWhoseConnectionBreaksWhileItRingsIsNotWaitedFor() throws IOException {
    try (TestPhone caller = TestPhone.tcp("1001", rig).registered()) {
      TestPhone called = TestPhone.tcp("1002", rig).registered();
      caller.send(caller.invite("sip:1002@example.org").build());
      called.send(called.answer(called.nextRequest("INVITE"), 180).build());
      called.close();
      assertEquals(408, caller.finalAnswer().status());
    }
  }

  private void closeWhateverComes() {
    Thread proxy =
        new Thread(
            () -> {
              try {
                while (true) {
                  trunk.accept().close();
                }
              } catch (IOException e) {
                // The test is over.
              }
            },
            "test-proxy");
    proxy.setDaemon(true);
    proxy.start();
  }

  private static long routes(SipMessage invite) {
    return invite.values("Record-Route").stream().filter(r -> r.contains("latchkey@")).count();
  }
}
