package org.latchkey.itests.conformance;

import static org.latchkey.itests.conformance.Case.check;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipMessage;
import org.latchkey.itests.fixture.SipWire;

/** What a PBX must say to REGISTER. */
final class RegisterCases {

  private final Options options;
  private final Site site;
  private final ProvisionedKey key;
  private final ProvisionedKey neighbour;
  private final Map<String, SipMessage> refusals = new LinkedHashMap<>();

  RegisterCases(Options options, Site site, ProvisionedKey key, ProvisionedKey neighbour) {
    this.options = options;
    this.site = site;
    this.key = key;
    this.neighbour = neighbour;
  }

  List<Case> all() {
    return List.of(
        new Case("a good key registers", this::good),
        new Case("a wrong secret does not", () -> refused("wrong", wrongSecret())),
        new Case("an unknown key identifier does not", () -> refused("unknown", unknown())),
        new Case("a malformed key identifier does not", () -> refused("malformed", malformed())),
        new Case("a revoked key does not", () -> refused("revoked", revoked())),
        new Case(
            "a key for another extension does not",
            () -> refused("another extension", neighbour.credentials())),
        new Case("all of these look alike", this::alike),
        new Case("a retransmission is answered as before", this::retransmission),
        new Case("a replay with another Contact is refused", this::replay),
        new Case("a nonce count used again is refused", this::countAgain),
        new Case("a nonce from before a restart is stale", this::stale),
        new Case("MD5 and SHA-256 side by side", this::twoAlgorithms));
  }

  private void good() throws Exception {
    with(
        phone -> {
          SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
          check(challenge.status() == 401, "no challenge but " + challenge.startLine());
          SipMessage answer = phone.register();
          check(answer.status() == 200, answer.startLine());
          check(answer.header("Contact").isPresent(), "200 without a Contact");
        });
  }

  private Credentials wrongSecret() {
    return key.credentials().withSecret("0".repeat(26));
  }

  private Credentials unknown() {
    String good = key.credentials().keyIdentifier();
    char last = good.charAt(good.length() - 1);
    return key.credentials()
        .withKeyIdentifier(good.substring(0, good.length() - 1) + (last == '0' ? '1' : '0'));
  }

  private Credentials malformed() {
    return key.credentials().withKeyIdentifier("K" + "!".repeat(31));
  }

  private Credentials revoked() throws Exception {
    ProvisionedKey ended = site.another(key);
    site.revoke(ended);
    return ended.credentials();
  }

  private void refused(String kind, Credentials credentials) throws Exception {
    with(
        phone -> {
          SipMessage answer = phone.exchange(answering(phone, credentials));
          refusals.put(kind, answer);
          check(answer.status() == 401 || answer.status() == 403, answer.startLine());
        });
  }

  private void alike() {
    check(refusals.size() == 5, "some of them had no answer");
    long kinds =
        refusals.values().stream().map(SipMessage::withoutWhatMayDiffer).distinct().count();
    check(kinds == 1, kinds + " kinds of answers: " + refusals.keySet());
  }

  private void retransmission() throws Exception {
    with(
        phone -> {
          String request = answering(phone, key.credentials());
          check(phone.exchange(request).status() == 200, "it did not register at all");
          SipMessage again = phone.repeat(request);
          check(again.status() == 200, again.startLine());
        });
  }

  private void replay() throws Exception {
    with(
        phone -> {
          String request = answering(phone, key.credentials());
          check(phone.exchange(request).status() == 200, "it did not register at all");
          String hijack =
              request
                  .replaceFirst(
                      "Contact: <[^>]*>", "Contact: <sip:" + Site.user(key) + "@127.0.0.9:5066>")
                  .replaceFirst("branch=z9hG4bK[^;]*", "branch=z9hG4bK" + ScriptedPhone.unique("r"))
                  .replaceFirst("CSeq: [0-9]+", "CSeq: 999");
          SipMessage answer = phone.exchange(hijack);
          check(answer.status() != 200, "the hijacked Contact was registered");
        });
  }

  private void countAgain() throws Exception {
    with(
        phone -> {
          SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
          check(challenge.status() == 401, "no challenge but " + challenge.startLine());
          String answer = phone.answerTo(challenge, "REGISTER", phone.registerUri());
          SipMessage first = phone.exchange(phone.registerRequest(Optional.of(answer)));
          check(first.status() == 200, "it did not register at all");
          SipMessage again = phone.exchange(phone.registerRequest(Optional.of(answer)));
          check(again.status() == 401, again.startLine());
        });
  }

  private void stale() throws Exception {
    with(
        phone -> {
          String request = answering(phone, key.credentials());
          site.swap();
          SipMessage answer = phone.exchange(request);
          check(answer.status() == 401, answer.startLine());
          String challenge = answer.require("WWW-Authenticate");
          check(challenge.matches("(?i).*stale=\"?true.*"), "not stale: " + challenge);
          String again = phone.answerTo(answer, "REGISTER", phone.registerUri());
          SipMessage second = phone.exchange(phone.registerRequest(Optional.of(again)));
          check(second.status() == 200, second.startLine());
        });
  }

  private void twoAlgorithms() throws Exception {
    Options.Place place =
        options
            .sha256()
            .orElseThrow(
                () ->
                    new Case.NotTriedException(
                        "give --sha256 HOST:PORT of a TLS listener that challenges with it"));
    good();
    ProvisionedKey strong = site.sha256Key();
    try (SipWire wire = SipWire.tls(Door.trust(options.ca()), place.host(), place.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, strong);
      SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
      check(
          challenge.header("WWW-Authenticate").orElse("").contains("SHA-256"),
          "no challenge with SHA-256 but " + challenge.startLine());
      SipMessage answer = phone.register();
      check(answer.status() == 200, "SHA-256: " + answer.startLine());
    }
    with(
        phone -> {
          ScriptedPhone weak = new ScriptedPhone(phone.wire(), strong);
          SipMessage answer = weak.register();
          check(answer.status() != 200, "a key for SHA-256 registered with MD5");
        });
  }

  /** A REGISTER that answers a fresh challenge with these credentials. */
  private static String answering(ScriptedPhone phone, Credentials credentials) throws Exception {
    SipMessage challenge = phone.exchange(phone.registerRequest(Optional.empty()));
    check(challenge.status() == 401, "no challenge but " + challenge.startLine());
    return phone.registerRequest(
        Optional.of(
            credentials.answer(
                challenge.require("WWW-Authenticate"),
                "REGISTER",
                phone.registerUri(),
                1,
                ScriptedPhone.unique("c"))));
  }

  private void with(Use use) throws Exception {
    try (SipWire wire =
        SipWire.udp(new InetSocketAddress(options.pbx().host(), options.pbx().port()))) {
      use.run(new ScriptedPhone(wire, key));
    }
  }

  private interface Use {
    void run(ScriptedPhone phone) throws Exception;
  }
}
