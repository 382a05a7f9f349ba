package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.unavailable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.MacSpi;
import javax.crypto.spec.SecretKeySpec;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.custody.MasterKey;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.Secret;
import org.latchkey.keyscheme.HmacPrf;

/** A token that was asked and never answers: phones register, and who wants a key hears so soon. */
public class HangingTokenTest {

  private static final Duration SOON = Duration.ofMillis(200);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final CountDownLatch end = new CountDownLatch(1);

  @After
  public void theTokenAnswersAfterAll() {
    end.countDown();
  }

  /** The library of a vendor whose device is unplugged in the wrong moment. */
  public static final class StuckMac extends MacSpi {
    @Override
    protected int engineGetMacLength() {
      return 32;
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec params) {}

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int len) {}

    @Override
    protected byte[] engineDoFinal() {
      await(NEVER);
      return new byte[32];
    }

    @Override
    protected void engineReset() {}
  }

  private static final class StuckProvider extends Provider {
    private static final long serialVersionUID = 1L;

    StuckProvider() {
      super("stuck", "1", "never answers");
      put("Mac.HmacSHA256", StuckMac.class.getName());
    }
  }

  @Test(timeout = 20_000)
  public void whoAsksItHearsSoonAndNobodyAsksItAgain() throws Exception {
    TokenCalls calls = new TokenCalls(SOON);
    KeyStore objects = KeyStore.getInstance("PKCS12");
    objects.load(null, null);
    OpenToken token = new OpenToken(new StuckProvider(), objects, calls);
    assertTrue(token.keys().isEmpty());
    Key key = new SecretKeySpec(new byte[32], "HmacSHA256");
    IOException why = assertThrows(IOException.class, () -> token.mac(key, new byte[1]));
    assertEquals("the token does not answer within 200 ms", why.getMessage());
    assertTrue(token.hanging());
    assertThrows(TokenCalls.NoAnswerException.class, token::keys);
    token.close();
  }

  @Test(timeout = 60_000)
  public void phonesRegisterWhileItHangsAndIssuingIsUnavailable() throws Exception {
    Path folder = TestSite.real(temporary.getRoot().toPath());
    StuckVault vault = new StuckVault(folder.resolveSibling("vault"));
    TestSite site = Vault.site(folder, vault);
    IssuedKey phone = site.registered("1001");
    Secret code = site.enrol("1002", "805ec0000001", CodeKind.URL).code().orElseThrow();
    vault.hangs = true;
    assertTrue(
        "the subkey of device identifiers was never asked for",
        unavailable(site.fetch(code, "805ec0000001")).contains("has no key here"));
    assertTrue(site.authenticates(phone));
  }

  @Test(timeout = 60_000)
  public void whatIsInMemoryIsAnsweredWhileOthersWait() throws Exception {
    List<String> realms = IntStream.range(0, 500).mapToObj(i -> "realm" + i).toList();
    HangingKey key = new HangingKey(new byte[32]);
    MasterKeys keys = new MasterKeys("latchkey", Map.of(1, key));
    keys.prove(realms, List.of("localhost"));
    key.hangs = true;
    for (int i = 0; i < 30; i++) {
      String realm = "unknown" + i;
      Thread waiting =
          new Thread(() -> keys.subkey(1, KeyPurpose.REGISTRATION, realm, "localhost"));
      waiting.setDaemon(true);
      waiting.start();
    }
    assertTrue(key.asked.await(10, TimeUnit.SECONDS));
    for (String realm : realms) {
      assertTrue(keys.subkey(1, KeyPurpose.REGISTRATION, realm, "localhost").isPresent());
    }
  }

  /** A key that waits for ever once it hangs. */
  private final class HangingKey implements MasterKey {
    final CountDownLatch asked = new CountDownLatch(30);
    volatile boolean hangs;
    private final HmacPrf prf;

    HangingKey(byte[] key) {
      prf = new HmacPrf(key);
    }

    @Override
    public byte[] mac(byte[] message) {
      if (hangs) {
        asked.countDown();
        await(end);
      }
      return prf.mac(message);
    }

    @Override
    public void close() {
      prf.close();
    }
  }

  /** A place whose keys are asked as those of a token are. */
  private final class StuckVault extends Vault {
    volatile boolean hangs;
    private final TokenCalls calls = new TokenCalls(SOON);

    StuckVault(Path folder) {
      super(folder);
    }

    @Override
    public Map<Integer, MasterKey> open() throws IOException {
      Map<Integer, MasterKey> keys = new TreeMap<>();
      super.open().forEach((number, key) -> keys.put(number, new Asked(key)));
      return keys;
    }

    private final class Asked implements MasterKey {
      private final MasterKey key;

      Asked(MasterKey key) {
        this.key = key;
      }

      @Override
      public byte[] mac(byte[] message) {
        try {
          return calls.answer(
              () -> {
                if (hangs) {
                  await(end);
                }
                return key.mac(message);
              });
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {
        key.close();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
