package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.latchkey.phone.PhoneProfile;

/** What the tests of the phones' files have in common. */
final class TestPhones {

  static final String KEY = "k0109k5kwgjn1e9qxyeab8tv1fh8vbrm";
  static final String SECRET = "secretsecretsecretsecret22";
  static final String PASSWORD = "nzm3j73k9fhce1ye9h5nmvkgv7";

  static final String MENU = "menumenumenumenumenumenu44";

  private TestPhones() {}

  static IssuedKey key(String displayName, String user, DigestAlgorithm least) {
    return key(displayName, user, least, 1);
  }

  static IssuedKey key(String displayName, String user, DigestAlgorithm least, int line) {
    return new IssuedKey(
        new KeyRecord(
            KEY,
            0,
            new Aor(user, "localhost"),
            "latchkey",
            Optional.empty(),
            line,
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
        Secret.ofText(MENU),
        new Registrar("pbx.example.org", 5060, 5061, 5071));
  }

  /**
   * The profiles that are made of text, with these files of the site, the last of all at the end.
   */
  static List<PhoneProfile> deskProfiles(Map<String, String> files) {
    Shelf shelf = new Shelf();
    Map<String, String> faults = new TreeMap<>();
    shelf.take(files, PhoneSettings.STANDARD, faults);
    assertEquals(Map.of(), faults);
    return List.copyOf(shelf.profiles());
  }

  /** One of them. */
  static PhoneProfile profile(String name, Map<String, String> files) {
    return deskProfiles(files).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Where a family keeps the name (0) and the secret (1) of its first line. */
  static Optional<String> credential(String profile, Map<String, String> file, int which) {
    List<String> places =
        switch (profile) {
          case "yealink" -> List.of("account.1.auth_name", "account.1.password");
          case "poly" ->
              List.of(
                  "/polycomConfig/reg/@reg.1.auth.userId",
                  "/polycomConfig/reg/@reg.1.auth.password");
          case "cisco-mpp", "cisco-spa" ->
              List.of("/flat-profile/Auth_ID_1_", "/flat-profile/Password_1_");
          case "grandstream" -> List.of("/gs_provision/config/P36", "/gs_provision/config/P34");
          case "htek" -> List.of("/hl_provision/config/P36", "/hl_provision/config/P34");
          case "snom" ->
              List.of(
                  "/settings/phone-settings/user_pname[1]",
                  "/settings/phone-settings/user_pass[1]");
          case "fanvil" ->
              List.of("/sysConf/sip/line[1]/RegisterUser", "/sysConf/sip/line[1]/RegisterPswd");
          case "mitel" -> List.of("sip line1 auth name", "sip line1 password");
          case "avaya" -> List.of("FORCE_SIP_USERNAME", "FORCE_SIP_PASSWORD");
          case "panasonic" -> List.of("SIP_AUTHID_1", "SIP_PASS_1");
          case "gigaset" ->
              List.of(
                  "/provisioning/nvm/param[SipAccount.0.AuthName]/@value",
                  "/provisioning/nvm/param[SipAccount.0.AuthPassword]/@value");
          case "baresip" -> List.of("auth_user", "auth_pass");
          default -> List.of("line.1.auth_name", "line.1.auth_password");
        };
    return Optional.ofNullable(file.get(places.get(which)));
  }

  /** A MAC address as people and phones write it. */
  static List<String> spellings(String mac) {
    String upper = mac.toUpperCase(Locale.ROOT);
    return List.of(
        mac,
        upper,
        mac.replaceAll("(..)(?=.)", "$1:"),
        upper.replaceAll("(..)(?=.)", "$1-"),
        mac.replaceAll("(....)(?=.)", "$1."));
  }

  static void hasNoSecret(String what, String text) {
    for (String secret : List.of(KEY, SECRET, PASSWORD, MENU)) {
      assertFalse(what, text.contains(secret));
    }
  }

  /** What the door says to nobody in particular. */
  static byte[] notFound(ProvisioningDoor door) {
    return door.answer(request("GET", "/provision/firmware.bin")).body().copy();
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
    private final String ca;
    private Optional<URI> bootstrap = Optional.of(URI.create("http://localhost:8080/"));

    Address() {
      this("the CA");
    }

    Address(String ca) {
      this.ca = ca;
    }

    @Override
    public URI phones() {
      return URI.create("https://localhost:8443/");
    }

    @Override
    public Optional<URI> bootstrap() {
      return bootstrap;
    }

    Address withoutBootstrap() {
      bootstrap = Optional.empty();
      return this;
    }

    @Override
    public String caPem() {
      return ca;
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
      result.fold(given -> issued.addAll(given.keys()), denied -> false, away -> false);
      return result;
    }

    private static String text(Secret secret) {
      return new String(secret.copy(), StandardCharsets.UTF_8);
    }
  }
}
