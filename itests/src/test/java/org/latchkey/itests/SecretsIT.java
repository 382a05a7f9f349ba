package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.Test;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.Secrets;
import org.latchkey.itests.fixture.SipWire;

/** No secret of a run, at debug level, is in the logs, the store, the audit log or the cache. */
public final class SecretsIT {

  private static final String STORE = "latchkey/store/latchkey.mv.db";
  private static final String LOG = "data/log/karaf.log";
  private static final String AUDIT = "latchkey:audit";

  @Test
  public void aRunLeavesNoSecretBehind() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      debug(node);
      node.start();
      Secrets secrets = new Secrets();
      for (int i = 0; i < 5; i++) {
        use(node, "25" + (10 + i), secrets);
      }
      node.shell("latchkey:doctor");
      byte[] planted = plant(node, "2510");
      String audit = node.shell("latchkey:audit --json --limit 1000");
      node.stop();

      Map<String, byte[]> contents = contents(node, audit);
      assertTheNodesOwnKeysAreWhereTheyBelong(node, contents, secrets);
      assertEquals(Map.of(), search(contents, secrets));
      assertFoundInEachForm(planted, contents);
    }
  }

  private static void debug(LatchkeyNode node) throws IOException {
    node.set("org.ops4j.pax.logging", "log4j2.logger.latchkey.name", "org.latchkey");
    node.set("org.ops4j.pax.logging", "log4j2.logger.latchkey.level", "TRACE");
    node.set("org.ops4j.pax.logging", "log4j2.logger.netty.name", "io.netty");
    node.set("org.ops4j.pax.logging", "log4j2.logger.netty.level", "DEBUG");
  }

  private static void use(LatchkeyNode node, String extension, Secrets secrets) throws Exception {
    String code = ProvisionedKey.code(node.shell("latchkey:enrol " + extension));
    Door door = Door.of(node);
    ProvisionedKey key = ProvisionedKey.of(door.ask(Map.of("code", code)));
    secrets.addBase32("code of " + extension, code);
    secrets.addBase32("secret of " + extension, key.credentials().secret());
    secrets.addBase32("provisioning password of " + extension, key.provisioningPassword());
    for (String algorithm : List.of("MD5", "SHA-256")) {
      secrets.add(algorithm + " HA1 of " + extension, ha1(key, algorithm));
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

  private static byte[] ha1(ProvisionedKey key, String algorithm) throws Exception {
    String text =
        String.join(
            ":",
            key.credentials().keyIdentifier(),
            key.credentials().realm(),
            key.credentials().secret());
    return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Each key of the node itself is found in its own file, and then looked for in all others. */
  private static void assertTheNodesOwnKeysAreWhereTheyBelong(
      LatchkeyNode node, Map<String, byte[]> contents, Secrets secrets) throws Exception {
    char[] passphrase = Files.readString(node.file("master.pass")).strip().toCharArray();
    Map<String, byte[]> own = new TreeMap<>();
    own.put("latchkey/nonce.key", contents.get("latchkey/nonce.key"));
    own.put("latchkey/master.pass", ascii(new String(passphrase)));
    own.put("latchkey/admin_key", Console.privateNumber(node.file("admin_key")));
    for (String file : List.of("tls/ca.key", "tls/server.key")) {
      own.put("latchkey/" + file, privateNumber(Files.readString(node.file(file))));
    }
    for (Map.Entry<String, byte[]> key : own.entrySet()) {
      secrets.add(key.getKey(), key.getValue());
      Secrets only = new Secrets();
      only.add(key.getKey(), key.getValue());
      assertFalse(key.getKey(), only.in(contents.remove(key.getKey())).isEmpty());
      assertEquals(Map.of(), search(contents, only));
    }
    KeyStore store = KeyStore.getInstance(node.file("master.p12").toFile(), passphrase);
    for (String generation : Collections.list(store.aliases())) {
      secrets.add(generation, store.getKey(generation, passphrase).getEncoded());
    }
  }

  /** The private number of an elliptic curve key in PEM (RFC 5915: after version 1). */
  private static byte[] privateNumber(String pem) {
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    for (int at = 0; at + 5 < der.length; at++) {
      if (der[at] == 2 && der[at + 1] == 1 && der[at + 2] == 1 && der[at + 3] == 4) {
        return Arrays.copyOfRange(der, at + 5, at + 5 + der[at + 4]);
      }
    }
    throw new AssertionError("no elliptic curve key");
  }

  /** Lets store, audit log and log have something in every form. */
  private static byte[] plant(LatchkeyNode node, String extension) throws IOException {
    byte[] planted = ascii("planted" + ScriptedPhone.unique("secret"));
    String forms =
        Secrets.forms(planted).values().stream()
            .map(form -> new String(form, StandardCharsets.US_ASCII))
            .collect(Collectors.joining(" "));
    node.shell("log:log \"" + forms + '"');
    node.shell("latchkey:hold " + extension + " --reason \"" + forms + '"');
    return planted;
  }

  private static void assertFoundInEachForm(byte[] planted, Map<String, byte[]> contents) {
    Secrets secrets = new Secrets();
    secrets.add("planted", planted);
    Set<String> forms = new TreeSet<>();
    Secrets.forms(planted).keySet().forEach(form -> forms.add("planted as " + form));
    Map<String, Set<String>> found = search(contents, secrets);
    for (String place : List.of(STORE, LOG, AUDIT)) {
      assertEquals(place, forms, found.get(place));
    }
  }

  private static Map<String, Set<String>> search(Map<String, byte[]> contents, Secrets secrets) {
    Map<String, Set<String>> found = new TreeMap<>();
    contents.forEach((place, content) -> found.put(place, secrets.in(content)));
    found.values().removeIf(Set::isEmpty);
    return found;
  }

  /** All that the node has written, by its path, and what it says of its audit log. */
  private static Map<String, byte[]> contents(LatchkeyNode node, String audit) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String folder : List.of("data", "latchkey", "etc")) {
      for (Map.Entry<Path, byte[]> file :
          Folders.contents(node.home().resolve(folder)).entrySet()) {
        contents.put(node.home().relativize(file.getKey()).toString(), file.getValue());
      }
    }
    contents.put(AUDIT, audit.getBytes(StandardCharsets.UTF_8));
    contents.put("console.out", node.console().getBytes(StandardCharsets.UTF_8));
    return contents;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
