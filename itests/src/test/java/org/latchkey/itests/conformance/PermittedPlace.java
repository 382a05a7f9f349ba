package org.latchkey.itests.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.itests.fixture.Callee;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipCall;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/**
 * Where the permitted test destination leads: the kit answers there itself, unless somebody else
 * does.
 */
final class PermittedPlace implements AutoCloseable {

  /** How long a permitted destination may take to ring, whatever else is broken. */
  private static final Duration RINGS_WITHIN = Duration.ofSeconds(2);

  private final @Nullable SipWire wire;
  private final @Nullable Callee callee;

  PermittedPlace(Options options) throws IOException {
    if (options.answerAt() == 0) {
      wire = null;
      callee = null;
      return;
    }
    wire =
        SipWire.udpAt(
            options.answerAt(), new InetSocketAddress(options.pbx().host(), options.pbx().port()));
    callee = new Callee(wire);
  }

  /** The phone dials, it rings in time, and at the right place. */
  void check(ScriptedPhone phone, String dialled) throws Exception {
    rings(phone, dialled);
    if (callee != null) {
      Case.check(!callee.calls().isEmpty(), "it rang, but not at the test destination");
    }
  }

  /** The phone dials, and it rings or is answered in time; the call ends at once. */
  static void rings(ScriptedPhone phone, String dialled) throws Exception {
    String uri = "sip:" + dialled + '@' + phone.domain();
    String invite = phone.invite(uri, ScriptedPhone.unique("permitted"), Optional.empty());
    SipMessage answer = heard(phone, invite);
    if (SipCall.isChallenge(answer)) {
      invite = SipCall.answering(phone, invite, answer);
      answer = heard(phone, invite);
    }
    Case.check(answer.status() < 300, "no ringing but " + answer.startLine());
    if (answer.status() < 200) {
      SipCall.cancel(phone.wire(), SipMessage.of(invite));
    } else {
      SipCall.hangUp(phone.wire(), uri, answer);
    }
  }

  private static SipMessage heard(ScriptedPhone phone, String invite)
      throws IOException, InterruptedException {
    phone.wire().send(invite);
    String cseq = SipMessage.of(invite).require("CSeq");
    return phone
        .wire()
        .await(
            "a permitted destination, within 2 s",
            RINGS_WITHIN,
            message -> message.status() > 100 && message.require("CSeq").equals(cseq));
  }

  @Override
  public void close() {
    if (callee != null && wire != null) {
      callee.close();
      wire.close();
    }
  }
}
