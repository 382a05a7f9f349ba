package org.latchkey.phones.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.PublicAddress;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyAgent;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.Registrar;
import org.latchkey.key.Secret;

/** What the tests of the phones' files have in common. */
final class TestPhones {

  static final String KEY = "lkabcdefghijklmnopqrstuvwxyz2345";
  static final String SECRET = "secretsecretsecretsecret22";
  static final String PASSWORD = "loginloginloginloginlogi33";

  private TestPhones() {}

  static IssuedKey key(String displayName, String user, DigestAlgorithm least) {
    return new IssuedKey(
        new KeyRecord(
            KEY,
            0,
            new Aor(user, "localhost"),
            "latchkey",
            Optional.empty(),
            1,
            least,
            "linphone",
            Optional.ofNullable(displayName),
            "e1",
            0,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty()),
        Secret.ofText(SECRET),
        Secret.ofText(PASSWORD),
        new Registrar("pbx.example.org", 5060, 5061, 5071));
  }

  static DoorRequest request(String method, String path, DoorRequest.Header... headers) {
    return new DoorRequest(
        method,
        path,
        "",
        List.of(headers),
        Secret.ofText(""),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000),
        List.of());
  }

  static String body(DoorAnswer answer) {
    return new String(answer.body().copy(), StandardCharsets.UTF_8);
  }

  /** A public address at {@code https://localhost:8443/}. */
  static final class Address implements PublicAddress {
    @Override
    public URI phones() {
      return URI.create("https://localhost:8443/");
    }

    @Override
    public String caPem() {
      return "the CA";
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.empty();
    }
  }

  /** A key agent that answers as told and remembers what it was asked and what it handed out. */
  static final class Agent implements KeyAgent {
    final List<String> asked = new ArrayList<>();
    final List<IssuedKey> issued = new ArrayList<>();
    final List<Secret> credentials = new ArrayList<>();
    Function<KeyRequest, IssueResult> answer =
        request -> new IssueResult.Issued(key("Anna", "1001", DigestAlgorithm.MD5));

    @Override
    public IssueResult issue(KeyRequest request) {
      request.code().ifPresent(credentials::add);
      request.login().ifPresent(login -> credentials.add(login.password()));
      asked.add(
          String.join(
              " ",
              request.profile(),
              "line " + request.line(),
              request.algorithm().token(),
              "code " + request.code().map(Agent::text).orElse("-"),
              "login "
                  + request
                      .login()
                      .map(login -> login.keyIdentifier() + ":" + text(login.password()))
                      .orElse("-"),
              request.device().orElse("-"),
              request.userAgent()));
      IssueResult result = answer.apply(request);
      result.fold(given -> issued.add(given.key()), denied -> false, away -> false);
      return result;
    }

    private static String text(Secret secret) {
      return new String(secret.copy(), StandardCharsets.UTF_8);
    }
  }
}
