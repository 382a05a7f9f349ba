package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.registration.AuthenticationResult;

/**
 * Random damage to good credentials: never an exception, never a yes. The short form runs here; the
 * long one with {@code -Dlatchkey.fuzz=1000000}, another start of the randomness with {@code
 * -Dlatchkey.fuzz.seed=}.
 */
public class DigestFuzzTest {

  private static final int TIMES = Integer.getInteger("latchkey.fuzz", 50_000);
  private static final long SEED = Long.getLong("latchkey.fuzz.seed", 7353388);
  private static final String PIECES =
      "\",=\\ \t\r\n;:<>@()[]{}?/%'`~-._!*+|^&#$\u0000\u0001\u007f\u0080é漢\ud800aAzZ09fF";
  private static final List<String> WORDS =
      List.of(
          "username=\"",
          "realm=\"latchkey\"",
          "nonce=\"",
          "uri=\"",
          "qop=auth",
          "nc=00000002",
          "response=\"",
          "algorithm=MD5",
          "cnonce=\"x\"",
          "Digest ",
          "stale=true",
          ", ",
          "\"");

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private final Random random = new Random(SEED);

  @Test
  public void damagedCredentialsAreNeverAcceptedAndNeverAnException() {
    Office office = new Office(Path.of(folder.getRoot().getPath(), "nonce.key"));
    Phone phone = office.phone().withSecret("not its secret");
    String good = phone.authorization(Office.nonce(office.ask(phone.knock())));
    int refused = 0;
    for (int i = 0; i < TIMES; i++) {
      String damaged = good;
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged = damage(damaged);
      }
      String header = damaged;
      AuthenticationResult result =
          office.ask(phone.builder().authorizations(List.of(header)).build());
      String words = Office.words(result);
      assertNotEquals(header, "accepted", words);
      assertNotEquals(header, "retransmission", words);
      assertNotEquals(header, "unavailable", words);
      refused += words.equals("challenged") ? 0 : 1;
    }
    assertNotEquals("the damage is so great that nothing is tested", 0, refused);
    assertEquals(List.of(), office.registered);
  }

  private String damage(String text) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
    String head = text.substring(0, at);
    char piece = PIECES.charAt(random.nextInt(PIECES.length()));
    return switch (random.nextInt(6)) {
      case 0 -> head + text.substring(to);
      case 1 -> head + piece + text.substring(at);
      case 2 -> head + WORDS.get(random.nextInt(WORDS.size())) + text.substring(at);
      case 3 -> head + text.substring(at, to) + text.substring(at);
      case 4 -> head + piece + text.substring(to);
      default -> head.isEmpty() ? text.substring(at) : head;
    };
  }
}
