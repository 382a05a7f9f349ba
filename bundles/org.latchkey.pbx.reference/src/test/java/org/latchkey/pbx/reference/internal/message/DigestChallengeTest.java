package org.latchkey.pbx.reference.internal.message;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;

/** Which challenges are understood, and which are not. */
public class DigestChallengeTest {

  @Test
  public void aChallengeIsReadHoweverItIsSpelled() {
    DigestChallenge plain = new DigestChallenge("a, b=c", "n", "", DigestAlgorithm.MD5, true, true);
    for (String value :
        List.of(
            "Digest realm=\"a, b=c\", nonce=\"n\", algorithm=MD5, qop=\"auth\"",
            "digest QOP=auth,algorithm=md5 , nonce=n,realm=\"a, b=c\",stale=FALSE",
            "DIGEST realm = \"a, b=c\",nonce=\"n\",algorithm=\"MD5\",qop=\"auth-int, auth\"")) {
      assertEquals(value, Optional.of(plain), DigestChallenge.of(value));
    }
  }

  @Test
  public void whatCannotBeSaidAgainUnchangedIsNotUnderstood() {
    for (String value :
        List.of(
            "",
            "Digest",
            "Digest ",
            "Digestrealm=\"r\", nonce=\"n\"",
            "Digest nonce=\"n\", qop=\"auth\"",
            "Digest realm=\"r\", qop=\"auth\"",
            "Digest realm=\"r\", nonce=\"\", qop=\"auth\"",
            "Digest realm=\"r\", nonce=\"a\\\"b\", qop=\"auth\"",
            "Digest realm=\"r\", nonce=\"a\u00e4b\", qop=\"auth\"",
            "Digest realm=\"r\", nonce=\"a\", nonce=\"b\", qop=\"auth\"",
            "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256",
            "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256",
            "Digest realm=\"r\" nonce=\"n\" qop=\"auth\"",
            "Digest realm=\"r\", nonce=\"" + "n".repeat(3000) + "\", qop=\"auth\"")) {
      assertTrue(value, DigestChallenge.of(value).isEmpty());
    }
  }
}
