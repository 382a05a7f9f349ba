package org.latchkey.assembly.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class AdministratorKeyTest {
  private static final String SHIPPED =
      "# user = public key, roles and groups\n_g_\\:admingroup = group,admin,ssh\n";

  /** Public keys that Karaf 4.4.10 does not find equal to themselves: x, y. */
  private static final String[] MISREAD = {
    "fffc3f16355011a66762aa2be8c86cae869f6cc7afc4ae77e649d091933429fb",
    "25252d5098b56b46a9ced2756abe4cba9c00551c58bf46ffcebf2a4854625c30"
  };

  private static final String[] MISREAD_Y = {
    "4bac1bda6f1cd958a582f2160bc999d6ab5c3be928178ec0ab98c3424d23fb38",
    "ffeffb10f32c658292d7d6296f0b3ebc3491496e12f68a26a7b10b5e0d8e37df"
  };

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path base;
  private Path etc;
  private Path logins;
  private Path key;

  @Before
  public void aFreshAssembly() throws IOException {
    base = folder.getRoot().toPath();
    etc = Files.createDirectory(base.resolve("etc"));
    logins = Files.writeString(etc.resolve("keys.properties"), SHIPPED);
    key = base.resolve("latchkey").resolve("admin_key");
  }

  @Test
  public void theFirstStartMakesAKeyThatIsEnteredForTheAdministrator() throws Exception {
    start();

    String line = "admin = " + publicKeyOf(key) + ",_g_:admingroup\n";
    assertEquals(SHIPPED + line, Files.readString(logins));
  }

  @Test
  public void onlyTheOwnerMayReadTheKey() throws Exception {
    start();

    assertEquals("rw-------", rights(key));
    assertEquals("rw-------", rights(logins));
    assertEquals("rwx------", rights(key.getParent()));
  }

  @Test
  public void theNextStartChangesNothing() throws Exception {
    start();
    String before = Files.readString(logins) + Files.readString(key);

    start();

    assertEquals(before, Files.readString(logins) + Files.readString(key));
  }

  @Test
  public void aPairThatKarafMisreadsIsNotHandedOut() throws Exception {
    KeyPair good = pair();
    Deque<KeyPair> drawn =
        new ArrayDeque<>(List.of(misreadByKaraf(MISREAD), misreadByKaraf(MISREAD_Y), good));

    new AdministratorKey(base, etc, drawn::remove);

    assertTrue(drawn.isEmpty());
    assertEquals(PublicKeyEntry.toString(good.getPublic()).split(" ", -1)[1], publicKeyOf(key));
  }

  @Test
  public void whereSomebodyMayLogInAlreadyNoKeyIsMade() throws Exception {
    Files.writeString(logins, SHIPPED + "ada = AAAA,ssh\n");

    start();

    assertFalse(Files.exists(key));
  }

  @Test
  public void aStartThatBrokeOffBeforeTheKeyWasEnteredIsMadeGoodByTheNext() throws Exception {
    Files.createDirectory(key.getParent());
    Files.writeString(key, "half a key");
    Files.writeString(key.resolveSibling("admin_key.new"), "half a key");

    start();

    assertTrue(Files.readString(logins).contains(publicKeyOf(key)));
    assertEquals("rw-------", rights(key));
  }

  @Test
  public void aFileThatEndsWithoutALineEndGetsALineOfItsOwn() throws Exception {
    Files.writeString(logins, "_g_\\:admingroup = group,admin");

    start();

    assertEquals(2, Files.readAllLines(logins).size());
  }

  private static String publicKeyOf(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyPair pair =
          SecurityUtils.loadKeyPairIdentities(
                  null, NamedResource.ofName("admin_key"), in, FilePasswordProvider.EMPTY)
              .iterator()
              .next();
      return PublicKeyEntry.toString(pair.getPublic()).split(" ", -1)[1];
    }
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void start() throws IOException, GeneralSecurityException {
    new AdministratorKey(base, etc, AdministratorKeyTest::anyPair);
  }

  private static KeyPair anyPair() {
    try {
      return pair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    while (((ECPublicKey) pair.getPublic()).getW().getAffineX().bitLength() > 255
        || ((ECPublicKey) pair.getPublic()).getW().getAffineY().bitLength() > 255) {
      pair = generator.generateKeyPair();
    }
    return pair;
  }

  private static KeyPair misreadByKaraf(String... point) throws GeneralSecurityException {
    KeyPair any = pair();
    ECPoint misread = new ECPoint(new BigInteger(point[0], 16), new BigInteger(point[1], 16));
    ECPublicKeySpec key = new ECPublicKeySpec(misread, ((ECPublicKey) any.getPublic()).getParams());
    return new KeyPair(KeyFactory.getInstance("EC").generatePublic(key), any.getPrivate());
  }
}
