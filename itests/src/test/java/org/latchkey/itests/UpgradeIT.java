package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.Test;
import org.latchkey.itests.fixture.Credentials;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;

/**
 * What the build before generations and the audit chain left (schema 1) is taken over: phones 1901
 * and 1903 registered with it, 1902 was revoked, 1903 is held. The files are that build's own, made
 * by it for this test.
 */
public final class UpgradeIT {

  private static final List<String> FILES =
      List.of("master.p12", "master.pass", "revocations", "holds");

  @Test
  public void theStoreOfTheBuildBeforeIsTakenOverWithItsPhonesRevocationsAndHolds()
      throws Exception {
    Map<String, ProvisionedKey> phones = phones();
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      Path latchkey = folder(node.home().resolve("latchkey"));
      for (String file : FILES) {
        copy(file, latchkey.resolve(file));
      }
      copy("latchkey.mv.db", folder(latchkey.resolve("store")).resolve("latchkey.mv.db"));
      node.start();
      node.awaitStore();

      assertEquals(200, ScriptedPhone.registered(node, phones.get("1901")));
      assertEquals(401, ScriptedPhone.registered(node, phones.get("1902")));
      assertEquals(200, ScriptedPhone.registered(node, phones.get("1903")));
      ProvisionedKey again = phones.get("1901").fetchedAgain(Door.of(node));
      assertEquals(phones.get("1901").credentials(), again.credentials());
      assertTrue(node.shell("latchkey:phone 1903").contains("held"));
      assertTrue(node.shell("latchkey:generations").contains("issuing"));
      String log = node.shell("latchkey:audit --limit 50");
      assertTrue(log, log.contains("master-key.created") && log.contains("audit.chain-begun"));
      assertTrue(node.shell("latchkey:audit --verify").contains("say the same"));

      node.shell("latchkey:rotate");
      assertEquals(200, ScriptedPhone.registered(node, phones.get("1901")));
      ProvisionedKey next = phones.get("1901").fetchedAgain(Door.of(node));
      assertEquals(200, ScriptedPhone.registered(node, next));
    }
  }

  private static Map<String, ProvisionedKey> phones() throws IOException {
    Map<String, ProvisionedKey> phones = new LinkedHashMap<>();
    try (InputStream in = resource("phones.csv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        String[] fields = line.split(",", -1);
        if (fields.length == 5 && !line.startsWith("#")) {
          Credentials credentials = new Credentials(fields[1], fields[2], fields[3]);
          phones.put(
              fields[0], new ProvisionedKey(credentials, fields[0] + "@localhost", fields[4]));
        }
      }
    }
    return phones;
  }

  private static Path folder(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void copy(String name, Path to) throws IOException {
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (InputStream in = resource(name)) {
      Files.write(to, in.readAllBytes());
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(UpgradeIT.class.getResourceAsStream("schema-1/" + name), name);
  }
}
