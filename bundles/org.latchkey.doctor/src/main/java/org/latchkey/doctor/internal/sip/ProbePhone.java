package org.latchkey.doctor.internal.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.key.Aor;

/** A phone that registers and calls over UDP, one thing at a time. Not thread-safe. */
public final class ProbePhone {

  /** T1 and T2 of RFC 3261 section 17.1.1.1. */
  private static final Duration FIRST_RESEND = Duration.ofMillis(500);

  private static final Duration LAST_RESEND = Duration.ofSeconds(4);

  private static final int MOST_STALE = 2;

  private static final Pattern HOST_PORT = Pattern.compile("@(\\[[^]]+\\]|[^:;>]+):([0-9]{1,5})");

  private final SipPort port;
  private final InetSocketAddress pbx;
  private final Aor aor;
  private final Duration patience;
  private final SecureRandom random = new SecureRandom();
  private final String registrationCallId;
  private int cseq;

  /**
   * A phone of an AOR.
   *
   * @param port where it is
   * @param pbx where it registers, and sends its calls
   * @param patience how long it waits for a final answer
   */
  public ProbePhone(SipPort port, InetSocketAddress pbx, Aor aor, Duration patience) {
    this.port = port;
    this.pbx = pbx;
    this.aor = aor;
    this.patience = patience;
    this.registrationCallId = token();
  }

  /** The login of a phone. */
  public static final class Login {
    private final String keyIdentifier;
    private final byte[] secret;

    /**
     * A login that borrows its secret.
     *
     * @param keyIdentifier the digest username
     * @param secret the secret key, which stays the caller's
     */
    public Login(String keyIdentifier, byte[] secret) {
      this.keyIdentifier = keyIdentifier;
      this.secret = secret;
    }
  }

  /**
   * Registers for a minute.
   *
   * @return the final answer; empty when there was none in time
   */
  public Optional<SipMessage> register(Login login) throws IOException, InterruptedException {
    String uri = "sip:" + aor.domain();
    SipMessage request =
        SipMessage.request("REGISTER", uri)
            .with("Contact", "<sip:" + aor.user() + '@' + port.hostPort() + '>')
            .with("Expires", "60");
    return proved(request, "<sip:" + aor + '>', registrationCallId, login);
  }

  /**
   * Calls somebody, and hangs up at once when answered.
   *
   * @return the final answer; empty when there was none in time
   */
  public Optional<SipMessage> call(String user, Login login)
      throws IOException, InterruptedException {
    String uri = "sip:" + user + '@' + aor.domain();
    SipMessage request =
        SipMessage.request("INVITE", uri)
            .with("Contact", "<sip:" + aor.user() + '@' + port.hostPort() + '>');
    Optional<SipMessage> answer = proved(request, '<' + uri + '>', token(), login);
    if (answer.isPresent() && answer.get().status() / 100 == 2) {
      hangUp(answer.get());
    }
    return answer;
  }

  private Optional<SipMessage> proved(SipMessage bare, String to, String callId, Login login)
      throws IOException, InterruptedException {
    String fromTag = token();
    Optional<SipMessage> answer = transact(dressed(bare, to, fromTag, callId), pbx);
    for (int stale = 0; stale <= MOST_STALE && answer.isPresent(); stale++) {
      boolean proxy = answer.get().status() == 407;
      if (!proxy && answer.get().status() != 401) {
        return answer;
      }
      String header = proxy ? "Proxy-Authenticate" : "WWW-Authenticate";
      Optional<DigestChallenge> challenge = DigestChallenge.parse(answer.get().first(header));
      if (challenge.isEmpty() || (stale > 0 && !challenge.get().stale())) {
        return answer;
      }
      String credentials =
          challenge
              .get()
              .answer(login.keyIdentifier, login.secret, bare.method(), bare.requestUri(), token());
      answer =
          transact(
              dressed(bare, to, fromTag, callId)
                  .with(proxy ? "Proxy-Authorization" : "Authorization", credentials),
              pbx);
    }
    return answer;
  }

  private SipMessage dressed(SipMessage bare, String to, String fromTag, String callId) {
    return bare.with("Via", via(token()))
        .with("Max-Forwards", "70")
        .with("From", "<sip:" + aor + ">;tag=" + fromTag)
        .with("To", to)
        .with("Call-ID", callId)
        .with("CSeq", ++cseq + " " + bare.method())
        .with("User-Agent", "latchkey-doctor");
  }

  private Optional<SipMessage> transact(SipMessage bare, InetSocketAddress to)
      throws IOException, InterruptedException {
    boolean invite = bare.method().equals("INVITE");
    SipMessage request = invite ? bare.withBody("application/sdp", Sdp.TEXT) : bare;
    long end = System.nanoTime() + patience.toNanos();
    Duration resend = FIRST_RESEND;
    boolean provisional = false;
    port.send(request, to);
    while (System.nanoTime() < end) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      Optional<SipMessage> heard = port.response(left.compareTo(resend) < 0 ? left : resend);
      if (heard.isEmpty() && !provisional) {
        port.send(request, to);
        Duration twice = resend.multipliedBy(2);
        resend = twice.compareTo(LAST_RESEND) < 0 ? twice : LAST_RESEND;
      } else if (heard.isPresent() && belongs(heard.get(), request)) {
        if (heard.get().status() >= 200) {
          if (invite && heard.get().status() >= 300) {
            acknowledgeRefusal(request, heard.get());
          }
          return heard;
        }
        provisional = invite;
      }
    }
    return Optional.empty();
  }

  private static boolean belongs(SipMessage response, SipMessage request) {
    return response.first("CSeq").equals(request.first("CSeq"))
        && response.first("Call-ID").equals(request.first("Call-ID"));
  }

  /** The ACK of RFC 3261 section 17.1.1.3. */
  private void acknowledgeRefusal(SipMessage invite, SipMessage answer) throws IOException {
    port.send(
        SipMessage.request("ACK", invite.requestUri())
            .copying("Via", invite)
            .with("Max-Forwards", "70")
            .copying("From", invite)
            .copying("To", answer)
            .copying("Call-ID", invite)
            .with("CSeq", invite.first("CSeq").replace("INVITE", "ACK")),
        pbx);
  }

  /** ACK and BYE within the dialog that a 2xx made (RFC 3261 sections 13.2.2.4 and 15.1.1). */
  private void hangUp(SipMessage ok) throws IOException, InterruptedException {
    String target = ok.first("Contact").replaceAll(".*<([^>]*)>.*", "$1");
    InetSocketAddress next = ok.all("Record-Route").isEmpty() ? address(target) : pbx;
    port.send(inDialog("ACK", target, ok, ok.first("CSeq").replace("INVITE", "ACK")), next);
    transact(inDialog("BYE", target, ok, ++cseq + " BYE"), next);
  }

  /** Where a proxy that keeps out of the dialog leaves us: at the other side itself. */
  private InetSocketAddress address(String target) {
    Matcher matcher = HOST_PORT.matcher(target);
    return matcher.find()
        ? new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)))
        : pbx;
  }

  private SipMessage inDialog(String method, String target, SipMessage ok, String numbered) {
    SipMessage request =
        SipMessage.request(method, target).with("Via", via(token())).with("Max-Forwards", "70");
    List<String> recorded =
        ok.all("Record-Route").stream()
            .flatMap(value -> List.of(value.split(",\\s*(?=<)", -1)).stream())
            .toList();
    for (int i = recorded.size() - 1; i >= 0; i--) {
      request = request.with("Route", recorded.get(i));
    }
    return request
        .copying("From", ok)
        .copying("To", ok)
        .copying("Call-ID", ok)
        .with("CSeq", numbered);
  }

  private String via(String branch) {
    return "SIP/2.0/UDP " + port.hostPort() + ";branch=z9hG4bK" + branch + ";rport";
  }

  private String token() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
