package org.latchkey.assembly.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
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
    new AdministratorKey(base, etc);

    String line = "admin = " + publicKeyOf(key) + ",_g_:admingroup\n";
    assertEquals(SHIPPED + line, Files.readString(logins));
  }

  @Test
  public void onlyTheOwnerMayReadTheKey() throws Exception {
    new AdministratorKey(base, etc);

    assertEquals("rw-------", rights(key));
    assertEquals("rw-------", rights(logins));
    assertEquals("rwx------", rights(key.getParent()));
  }

  @Test
  public void theNextStartChangesNothing() throws Exception {
    new AdministratorKey(base, etc);
    String before = Files.readString(logins) + Files.readString(key);

    new AdministratorKey(base, etc);

    assertEquals(before, Files.readString(logins) + Files.readString(key));
  }

  @Test
  public void whereSomebodyMayLogInAlreadyNoKeyIsMade() throws Exception {
    Files.writeString(logins, SHIPPED + "ada = AAAA,ssh\n");

    new AdministratorKey(base, etc);

    assertFalse(Files.exists(key));
  }

  @Test
  public void aStartThatBrokeOffBeforeTheKeyWasEnteredIsMadeGoodByTheNext() throws Exception {
    Files.createDirectory(key.getParent());
    Files.writeString(key, "half a key");
    Files.writeString(key.resolveSibling("admin_key.new"), "half a key");

    new AdministratorKey(base, etc);

    assertTrue(Files.readString(logins).contains(publicKeyOf(key)));
    assertEquals("rw-------", rights(key));
  }

  @Test
  public void aFileThatEndsWithoutALineEndGetsALineOfItsOwn() throws Exception {
    Files.writeString(logins, "_g_\\:admingroup = group,admin");

    new AdministratorKey(base, etc);

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
}
