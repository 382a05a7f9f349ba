package org.latchkey.https.internal.token;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.audit.AuditEntry;
import org.latchkey.door.DoorAnswer;
import org.latchkey.door.DoorRequest;
import org.latchkey.door.DoorRequest.Header;
import org.latchkey.door.PbxTokens.Token;
import org.latchkey.https.internal.TestAudit;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.status.StatusLine;

/** Tokens are made, shown once, judged, ended. */
public class BearerTokensTest {

  private static final int TIMES = Integer.getInteger("latchkey.fuzz", 20_000);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final TestAudit audit = new TestAudit();
  private final List<String> answered = new ArrayList<>();
  private BearerTokens tokens;

  @Before
  public void start() {
    tokens = new BearerTokens(folder(), Clock.systemUTC(), new SecureRandom());
    tokens.auditLog(audit);
    tokens.refresh();
  }

  private Path folder() {
    return temporary.getRoot().toPath();
  }

  private String made(String name) {
    try (Secret secret = tokens.make(name, "anna")) {
      return new String(secret.copy(), StandardCharsets.US_ASCII);
    }
  }

  /** What a peer without a certificate hears that shows these. */
  private String heard(String... authorizations) {
    List<Header> headers =
        Stream.of(authorizations)
            .map(value -> new Header("Authorization", value))
            .collect(Collectors.toList());
    DoorAnswer answer =
        tokens.guard(
            new DoorRequest(
                "POST",
                "/v1/ha1",
                "",
                headers,
                Secret.ofText(""),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
                List.of()),
            request -> {
              answered.add(request.tokenName());
              assertTrue("the token goes no further", request.header("Authorization").isEmpty());
              return DoorAnswer.notFound();
            });
    return answer.status()
        + " "
        + answer.headers().stream().map(Header::name).toList()
        + new String(answer.body().copy(), StandardCharsets.UTF_8);
  }

  private void assertRefused(String... authorizations) {
    String words = String.join(" | ", authorizations);
    assertEquals(words, heard(), heard(authorizations));
    assertTrue(words, heard().startsWith("401 [WWW-Authenticate]"));
    assertEquals(words, List.of(), answered);
  }

  @Test
  public void aGoodTokenIsLetInByItsName() {
    String token = made("our PBX");
    assertEquals(52, token.length());
    assertTrue(heard("Bearer " + token).startsWith("404"));
    assertTrue("schemes have no case", heard("bearer " + token).startsWith("404"));
    assertEquals(List.of("our PBX", "our PBX"), answered);
  }

  @Test
  public void everythingElseHearsTheSame() {
    assertRefused();
    String token = made("our PBX");
    assertRefused("Bearer");
    assertRefused("Bearer ");
    assertRefused(token);
    assertRefused("Basic " + token);
    assertRefused("Bearer" + token);
    assertRefused("Bearer " + token.substring(1));
    assertRefused("Bearer " + token + "0");
    assertRefused("Bearer " + token.toUpperCase(java.util.Locale.ROOT));
    assertRefused("Bearer " + token, "Bearer " + token);
    assertRefused("Bearer " + "0".repeat(52));
  }

  @Test
  public void noDamagedTokenIsTaken() {
    String token = made("our PBX");
    String good = "Bearer " + token;
    Random random = new Random(Long.getLong("latchkey.fuzz.seed", 7353388));
    for (int i = 0; i < TIMES; i++) {
      StringBuilder damaged = new StringBuilder(good);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(damaged.length() + 1);
        char piece = (char) random.nextInt(0x180);
        switch (random.nextInt(3)) {
          case 0 -> damaged.insert(at, piece);
          case 1 -> damaged.setLength(at);
          default -> damaged.replace(at, Math.min(damaged.length(), at + 1), "" + piece);
        }
      }
      String shown = damaged.toString();
      boolean same =
          shown.regionMatches(true, 0, "Bearer ", 0, 7) && shown.substring(7).strip().equals(token);
      assertEquals(shown, same ? "404" : "401", heard(shown).substring(0, 3));
    }
  }

  @Test
  public void aRevokedTokenIsRefusedAtTheNextRequest() {
    String first = made("first");
    String second = made("second");
    tokens.revoke("first", "anna");
    assertTrue(heard("Bearer " + second).startsWith("404"));
    answered.clear();
    assertRefused("Bearer " + first);
    assertEquals(List.of("second"), tokens.tokens().stream().map(Token::name).toList());
  }

  @Test
  public void theFileHasItsHashAndIsForItsOwnerOnly() throws Exception {
    String token = made("our PBX");
    Path file = folder().resolve("pbx-tokens");
    assertFalse(Files.readString(file).contains(token));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    start();
    assertTrue("after a restart", heard("Bearer " + token).startsWith("404"));
  }

  @Test
  public void theAuditLogKnowsNamesAndNoToken() {
    String token = made("our PBX");
    tokens.revoke("our PBX", "ben");
    assertEquals(
        List.of("anna pbx-token.made our PBX", "ben pbx-token.revoked our PBX"),
        audit.entries.stream()
            .map(one -> one.actor() + ' ' + one.action() + ' ' + one.detail())
            .toList());
    for (AuditEntry entry : audit.entries) {
      assertFalse(entry.toString().contains(token));
    }
  }

  @Test
  public void withoutEvidenceNoneIsMadeAndNoneIsEnded() {
    String token = made("our PBX");
    audit.broken(true);
    assertThrows(RequestRefusedException.class, () -> made("another"));
    assertThrows(RequestRefusedException.class, () -> tokens.revoke("our PBX", "anna"));
    tokens.auditLog(null);
    assertThrows(RequestRefusedException.class, () -> made("another"));
    assertTrue(heard("Bearer " + token).startsWith("404"));
    assertEquals(1, tokens.tokens().size());
  }

  @Test
  public void aNameIsShortPlainAndUsedOnce() {
    made("our PBX");
    for (String name : List.of("", " ", "a\nb", "a:b", "x".repeat(65), "our PBX", "ü", "a ")) {
      assertThrows(name, RequestRefusedException.class, () -> made(name));
    }
    assertThrows(RequestRefusedException.class, () -> tokens.revoke("nobody", "anna"));
  }

  @Test
  public void aDamagedFileLetsNobodyInAndIsNotOverwritten() throws Exception {
    String token = made("our PBX");
    Path file = folder().resolve("pbx-tokens");
    String whole = Files.readString(file);
    for (String damaged : List.of("", "rubbish", whole + "more\n", whole.replace("1\n", "2\n"))) {
      Files.writeString(file, damaged);
      start();
      assertRefused("Bearer " + token);
      assertThrows(RequestRefusedException.class, () -> made("another"));
      assertEquals(damaged, Files.readString(file));
      assertTrue(last(tokens.status()).words().contains("pbx-tokens"));
    }
    Files.writeString(file, whole);
    tokens.refresh();
    assertTrue(heard("Bearer " + token).startsWith("404"));
    assertEquals(StatusLine.Level.OK, last(tokens.status()).level());
  }

  @Test
  public void whoRemovesTheFileEndsAllOfThem() throws Exception {
    String token = made("our PBX");
    assertTrue(tokens.status().get(0).words().contains("takes 1 bearer token"));
    Files.delete(folder().resolve("pbx-tokens"));
    tokens.refresh();
    assertEquals(List.of(), tokens.status());
    assertRefused("Bearer " + token);
  }

  private static StatusLine last(List<StatusLine> lines) {
    return lines.get(lines.size() - 1);
  }

  @Test
  public void whatCouldNotBeKeptIsNotLeftInTheAuditLogAsDone() throws Exception {
    made("our PBX");
    Path file = folder().resolve("pbx-tokens");
    Files.delete(file);
    Files.createDirectories(file.resolve("in the way"));
    assertThrows(RequestRefusedException.class, () -> tokens.revoke("our PBX", "anna"));
    assertEquals(
        List.of("pbx-token.made", "pbx-token.revoked", "pbx-token.not-revoked"),
        audit.entries.stream().map(AuditEntry::action).toList());
  }

  @Test
  public void aFileThatOthersCanReadIsNotTaken() throws Exception {
    String token = made("our PBX");
    Path file = folder().resolve("pbx-tokens");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    start();
    assertRefused("Bearer " + token);
  }
}
