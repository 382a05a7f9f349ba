package org.latchkey.assembly.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the administrator of a fresh assembly in: as long as no user at all is in {@code
 * etc/keys.properties}, a start makes a key pair and enters its public key there.
 *
 * <p>Whoever can read the private key can already change every file of the assembly, so the key
 * gives nothing away. An administrator who has locked everybody out empties the list of users and
 * starts again.
 */
@Component(
    service = {},
    immediate = true)
public final class AdministratorKey {
  private static final Logger LOG = LoggerFactory.getLogger(AdministratorKey.class);

  private static final String USER = "admin";
  private static final String GROUP = "_g_:admingroup";

  /** How far the first byte of a coordinate of 32 is from the last bit. */
  private static final int FIRST_BYTE = 248;

  @Activate
  public AdministratorKey() throws IOException, GeneralSecurityException {
    this(
        Path.of(System.getProperty("karaf.base")),
        Path.of(System.getProperty("karaf.etc")),
        generator()::generateKeyPair);
  }

  AdministratorKey(Path base, Path etc, Supplier<KeyPair> pairs)
      throws IOException, GeneralSecurityException {
    LoginKeys logins = new LoginKeys(etc.resolve("keys.properties"));
    if (logins.isEmpty()) {
      Path file = base.resolve("latchkey").resolve("admin_key");
      logins.add(USER, makeKeyPair(file, pairs), GROUP);
      LOG.info("Made the administrator's key {}: ssh -i with it as user {}", file, USER);
    }
  }

  private static KeyPairGenerator generator() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator;
  }

  /** Writes the private key and returns the public one, in SSH's base64 form. */
  private static String makeKeyPair(Path file, Supplier<KeyPair> pairs)
      throws IOException, GeneralSecurityException {
    KeyPair pair = pairs.get();
    while (!isReadByKaraf((ECPublicKey) pair.getPublic())) {
      pair = pairs.get();
    }
    KeyPair chosen = pair;
    Files.createDirectories(file.getParent(), OwnerOnly.directory());
    OwnerOnly.write(
        file,
        out -> OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(chosen, USER, null, out));
    return PublicKeyEntry.toString(chosen.getPublic()).split(" ", -1)[1];
  }

  /**
   * Karaf 4.4 misreads a coordinate that begins with FF and a set bit, and lets nobody in with such
   * a key: one pair in 256. We draw another where it begins with FF.
   */
  private static boolean isReadByKaraf(ECPublicKey key) {
    return Stream.of(key.getW().getAffineX(), key.getW().getAffineY())
        .noneMatch(coordinate -> coordinate.shiftRight(FIRST_BYTE).intValue() == 0xff);
  }
}
