package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.After;
import org.junit.Test;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** Who forges a sender's address must not make us send more there than a little. */
public class AnswersToStrangersTest {

  private final PbxRig rig = new PbxRig();

  @After
  public void closePbx() {
    rig.close();
  }

  @Test
  public void aRequestWithMoreThanSeventyViasIsNotAnswered() throws IOException {
    assertUnanswered("SIP/2.0/UDP a,".repeat(70) + "SIP/2.0/UDP a");
    assertUnanswered("SIP/2.0/UDP a" + ",".repeat(3_000));
  }

  @Test
  public void aRequestWithAViaThatIsNoneIsNotAnswered() throws IOException {
    assertUnanswered("SIP/2.0/UDP a,b");
    assertUnanswered("SIP/2.0/UDP a,,");
  }

  @Test
  public void anAnswerIsNeverManyTimesItsRequest() throws IOException {
    try (TestPhone stranger = TestPhone.udp("1001", rig)) {
      for (String request :
          new String[] {
            "A a SIP/2.0\r\nv:SIP/2.0/UDP a\r\n\r\n",
            "A a SIP/2.0\r\nv:" + "SIP/2.0/UDP a,".repeat(69) + "SIP/2.0/UDP a\r\n\r\n",
            "A a SIP/2.0\r\n" + "v:SIP/2.0/UDP a\r\n".repeat(70) + "\r\n",
            least("INVITE"),
            least("OPTIONS")
          }) {
        stranger.send(request.getBytes(StandardCharsets.ISO_8859_1));
        SipMessage answer = stranger.next();
        int length = answer.bytes().length;
        assertTrue(
            request.length() + " bytes, answered with " + length + ": " + answer.status(),
            length <= 4 * request.length());
      }
    }
  }

  private static String least(String method) {
    return String.join(
        "\r\n",
        method + " sip:b SIP/2.0",
        "v:SIP/2.0/UDP a",
        "f:sip:a@b",
        "t:sip:a@b",
        "i:c",
        "CSeq:1 " + method,
        "",
        "");
  }

  private void assertUnanswered(String vias) throws IOException {
    try (TestPhone stranger = TestPhone.udp("1001", rig)) {
      stranger.send(stranger.request("OPTIONS", "sip:b", "sip:b").set("Via", vias).build());
      stranger.send(stranger.request("BYE", "sip:b", "sip:b").build());
      assertEquals("the next one is answered first", 481, stranger.next().status());
    }
  }
}
