package org.latchkey.pbx.reference.internal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.latchkey.admission.PermittedCall;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** What is told of a call for help is what became of it. */
public class WhatIsToldTest {

  private static final String EMERGENCY = "sip:112@example.org";

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aCallThatOnlyLedBackHereIsToldNotToHaveBeenPutThrough() throws Exception {
    InetSocketAddress own = rig.udp();
    rig.emergencyAt("sip:112@127.0.0.1:" + own.getPort());
    try (TestPhone stranger = TestPhone.udp("x", rig)) {
      stranger.send(stranger.invite(EMERGENCY).build());
      assertEquals(482, stranger.finalAnswer().status());
      boolean first = told().routed();
      boolean second = told().routed();
      assertTrue("it is told to be on its way, and what became of it", first != second);
    }
  }

  @Test
  public void aCallThatReachedItsTargetIsToldOnce() throws Exception {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.udp("x", rig)) {
      rig.emergencyAt(trunk);
      stranger.send(stranger.invite(EMERGENCY).build());
      trunk.send(trunk.answer(trunk.nextRequest("INVITE"), 486).build());
      assertEquals(486, stranger.finalAnswer().status());
      assertTrue(told().routed());
      assertEquals(null, rig.services.permittedCalls.poll(200, MILLISECONDS));
    }
  }

  @Test
  public void ofACallThatComesTwiceTheSecondIsNotToldToHaveBeenPutThrough() throws Exception {
    try (TestPhone trunk = TestPhone.udp("emergency", rig);
        TestPhone stranger = TestPhone.tcp("x", rig)) {
      rig.emergencyAt("sip:112@localhost:" + trunk.port());
      SipMessage invite = stranger.invite(EMERGENCY).build();
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(invite.bytes());
      both.writeBytes(invite.edit().set("Via", stranger.via()).build().bytes());
      stranger.send(both.toByteArray());
      assertEquals(482, stranger.finalAnswer().status());
      trunk.isRungBy(invite);
      // Either may be told first.
      boolean first = told().routed();
      PermittedCall second = rig.services.permittedCalls.poll(first ? 200 : 20_000, MILLISECONDS);
      assertEquals(!first, second != null && second.routed());
    }
  }

  private PermittedCall told() throws InterruptedException {
    PermittedCall told = rig.services.permittedCalls.poll(20, TimeUnit.SECONDS);
    if (told == null) {
      throw new AssertionError("nothing was told");
    }
    return told;
  }
}
