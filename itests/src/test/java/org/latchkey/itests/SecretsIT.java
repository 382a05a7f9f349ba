package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipWire;

/** No secret of a run, at debug level, is in the logs, the store, the audit log or the cache. */
public final class SecretsIT {

  @Test
  public void aRunLeavesNoSecretBehind() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      debug(node);
      node.start();
      List<String> secrets = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        use(node, "25" + (10 + i), secrets);
      }
      node.shell("latchkey:doctor");
      String audit = node.shell("latchkey:audit --json");
      String planted = "planted" + ScriptedPhone.unique("secret");
      node.shell("log:log " + planted);
      node.stop();
      secrets.add(HexFormat.of().formatHex(Files.readAllBytes(node.file("nonce.key"))));
      List<String> found = search(node, secrets);
      assertEquals(List.of(), found);
      assertTrue(secrets.stream().noneMatch(audit::contains));
      assertFalse("the same search finds a planted one", search(node, List.of(planted)).isEmpty());
    }
  }

  private static void debug(LatchkeyNode node) throws IOException {
    node.set("org.ops4j.pax.logging", "log4j2.logger.latchkey.name", "org.latchkey");
    node.set("org.ops4j.pax.logging", "log4j2.logger.latchkey.level", "TRACE");
    node.set("org.ops4j.pax.logging", "log4j2.logger.netty.name", "io.netty");
    node.set("org.ops4j.pax.logging", "log4j2.logger.netty.level", "DEBUG");
  }

  private static void use(LatchkeyNode node, String extension, List<String> secrets)
      throws Exception {
    String code = ProvisionedKey.code(node.shell("latchkey:enrol " + extension));
    Door door = Door.of(node);
    ProvisionedKey key = ProvisionedKey.of(door.ask(Map.of("code", code)));
    secrets.add(code);
    secrets.add(key.credentials().secret());
    secrets.add(key.provisioningPassword());
    for (String algorithm : List.of("MD5", "SHA-256")) {
      secrets.add(ha1(key, algorithm));
    }
    door.ask(Map.of("code", "0123456789abcdef"));
    door.askAgain(key.credentials().keyIdentifier(), key.provisioningPassword());
    door.get(
        "/provision/linphone/"
            + key.credentials().keyIdentifier()
            + '/'
            + key.provisioningPassword()
            + ".xml");
    door.get("/provision/linphone/" + code + ".xml?code=" + code);
    try (SipWire wire = SipWire.udp(node.port("sip"))) {
      ScriptedPhone phone = new ScriptedPhone(wire, key);
      assertEquals(200, phone.register().status());
      wire.send(phone.registerRequest(Optional.of("Digest " + key.credentials().secret())));
    }
  }

  private static String ha1(ProvisionedKey key, String algorithm) throws Exception {
    String text =
        String.join(
            ":",
            key.credentials().keyIdentifier(),
            key.credentials().realm(),
            key.credentials().secret());
    byte[] hash =
        MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  private static List<String> search(LatchkeyNode node, List<String> secrets) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path folder :
        List.of(
            node.home().resolve("data"),
            node.home().resolve("latchkey"),
            node.home().resolve("etc"))) {
      for (Map.Entry<Path, byte[]> file : Folders.contents(folder).entrySet()) {
        String text = new String(file.getValue(), StandardCharsets.ISO_8859_1);
        String wide = text.replace("\0", "");
        for (String secret : secrets) {
          if (text.contains(secret) || wide.contains(secret)) {
            found.add(file.getKey() + " holds secret number " + secrets.indexOf(secret));
          }
        }
      }
    }
    String console = node.console();
    secrets.stream().filter(console::contains).forEach(s -> found.add("console.out"));
    return found;
  }
}
