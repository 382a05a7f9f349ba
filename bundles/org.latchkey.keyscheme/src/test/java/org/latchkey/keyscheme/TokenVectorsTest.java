package org.latchkey.keyscheme;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * The published vectors in a PKCS #11 token, SoftHSM. Where it is not installed, they are skipped
 * with the reason, or fail with {@code LATCHKEY_REQUIRE_PEERS=1}.
 */
public class TokenVectorsTest {

  private static final String LIBRARY = "/usr/lib/softhsm/libsofthsm2.so";

  /** Their keys have 16 bytes: SoftHSM 2.6 wants 32 at least for HMAC-SHA-256. */
  private static final List<Integer> REFUSED = List.of(163, 164, 165, 166, 167, 168);

  private static Provider token;

  @BeforeClass
  public static void anEmptyToken() throws Exception {
    boolean there = Files.exists(Path.of(LIBRARY));
    String reason = "softhsm2 is not installed; itests/run installs it on Debian as root";
    assertTrue(reason, there || !"1".equals(System.getenv("LATCHKEY_REQUIRE_PEERS")));
    Assume.assumeTrue(reason, there);
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
    Path tokens = configuration.resolveSibling("tokens");
    Files.createDirectories(tokens);
    Files.writeString(configuration, "directories.tokendir = " + tokens + "\n");
    run("--delete-token", "--token", "latchkey");
    run("--init-token", "--free", "--label", "latchkey", "--pin", "1234", "--so-pin", "5678");
    token =
        Security.getProvider("SunPKCS11")
            .configure("--name = vectors\nlibrary = " + LIBRARY + "\nslotListIndex = 0\n");
    KeyStore.getInstance("PKCS11", token).load(null, "1234".toCharArray());
  }

  @Test
  public void theCounterModeOfCavp() throws Exception {
    List<Vectors> cases = Vectors.of("cavp-kdf108.txt", "cavp");
    assertEquals(40, cases.size());
    for (Vectors each : cases) {
      byte[] expected = each.bytes("KO");
      byte[] fixed = each.bytes("FixedInputData");
      ByteBuffer output = ByteBuffer.allocate(64);
      for (int i = 1; i <= 2; i++) {
        ByteBuffer input = ByteBuffer.allocate(4 + fixed.length).putInt(i).put(fixed);
        output.put(mac(each.bytes("KI"), input.array()));
      }
      assertArrayEquals(each.toString(), expected, Arrays.copyOf(output.array(), expected.length));
    }
  }

  @Test
  public void theTagsOfWycheproofButForKeysThatTheTokenRefuses() throws Exception {
    List<Integer> refused = new ArrayList<>();
    List<Vectors> cases = Vectors.of("wycheproof-hmac-sha256.txt", "wycheproof");
    assertEquals(174, cases.size());
    for (Vectors each : cases) {
      byte[] tag = each.bytes("tag");
      try {
        byte[] mac = Arrays.copyOf(mac(each.bytes("key"), each.bytes("msg")), tag.length);
        assertEquals(each.toString(), each.text("result").equals("valid"), Arrays.equals(tag, mac));
      } catch (InvalidKeyException e) {
        refused.add(each.number("number"));
      }
    }
    assertEquals(REFUSED, refused);
  }

  private static byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256", token);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("softhsm2-util"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("softhsm2-util hangs");
    }
  }
}
