package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;

/** A PBX that has a token in the place of a certificate. */
public final class BearerTokenIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  public void anotherPbxAsksWithABearerTokenInsteadOfACertificate() throws Exception {
    LatchkeyNode node = KamailioSite.shared().node();
    Credentials key = ProvisionedKey.enrolled(node, "3071").credentials();
    String question =
        "{\"keyIdentifier\":\"%s\",\"aor\":\"3071@localhost\",\"realm\":\"latchkey\"}"
            .formatted(key.keyIdentifier());
    Matcher shown =
        Pattern.compile("Bearer ([0-9a-z]{52})").matcher(node.shell("latchkey:pbx-token other"));
    assertTrue("it is shown once", shown.find());
    String token = shown.group(1);
    Door door =
        Door.at(URI.create("https://localhost:" + node.port("pbx")), node.file("tls/ca.pem"));
    Await.until("the door takes it", SOON, () -> asks(door, question, token) == 200);
    assertTrue(door.post("/v1/ha1", question, "Bearer " + token).body().contains("\"found\""));
    assertEquals(401, asks(door, question, "0".repeat(52)));
    assertFalse(node.shell("latchkey:pbx-token").contains(token));
    assertEquals(
        "not at the phones' door",
        404,
        Door.of(node).post("/v1/ha1", question, "Bearer " + token).statusCode());
    node.shell("latchkey:pbx-token --revoke other");
    assertEquals(401, asks(door, question, token));
    String audit = node.shell("latchkey:audit --action pbx-token.");
    assertTrue(audit, audit.contains("pbx-token.made") && audit.contains("pbx-token.revoked"));
  }

  /** The status of an answer; 0 while the door demands a certificate in the handshake. */
  private static int asks(Door door, String question, String token) {
    try {
      return door.post("/v1/ha1", question, "Bearer " + token).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
