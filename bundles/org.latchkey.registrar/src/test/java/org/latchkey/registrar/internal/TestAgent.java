package org.latchkey.registrar.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.admission.Hold;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;
import org.latchkey.sealing.AgentKey;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.NodeKey;
import org.latchkey.sealing.PublicPart;
import org.latchkey.sealing.RegistrarExport;
import org.latchkey.sealing.SealedExport;
import org.latchkey.sealing.Subkeys;

/** An agent with master keys of its own, whose exports somebody carries to a node. */
final class TestAgent {

  static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  final AgentKey key = AgentKey.random(new SecureRandom());
  final Set<Integer> generations = new TreeSet<>(Set.of(1));
  final Set<Integer> compromised = new TreeSet<>();
  final Set<String> issued = new TreeSet<>();
  final Set<String> revoked = new TreeSet<>();
  final List<Hold> holds = new ArrayList<>();
  long number = 1000;

  /** A key identifier of a generation, with a tag that fits. */
  String issue(int generation) {
    byte[] unique = new byte[10];
    new SecureRandom().nextBytes(unique);
    byte[] tag = subkey(generation, KeyPurpose.TAG, "latchkey", "localhost");
    try (Prf prf = new HmacPrf(tag)) {
      return KeyIdentifier.of(IdentifierForm.LONG, generation, DigestAlgorithm.MD5, unique, prf)
          .text();
    }
  }

  /** What the agent derives. */
  static byte[] subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    byte[] master =
        Arrays.copyOf(("master key " + generation).getBytes(StandardCharsets.UTF_8), 32);
    try (Prf prf = new HmacPrf(master)) {
      return KeyScheme.subkey(prf, "latchkey", purpose, realm, domain);
    }
  }

  /** The next export, sealed to a node. */
  byte[] export(PublicPart node) throws GeneralSecurityException {
    Contents contents =
        new Contents(
            ++number,
            NOON,
            List.of("latchkey"),
            List.of("localhost", "example.org"),
            generations,
            compromised,
            issued,
            revoked,
            holds);
    Subkeys subkeys = new Subkeys();
    for (int generation : generations) {
      for (String domain : contents.domains()) {
        for (KeyPurpose purpose : Subkeys.PURPOSES) {
          byte[] bytes = subkey(generation, purpose, "latchkey", domain);
          subkeys.put(generation, purpose, "latchkey", domain, bytes);
        }
      }
    }
    try (RegistrarExport export = new RegistrarExport(contents, subkeys)) {
      return SealedExport.seal(export.toBytes(), node, key).toBytes();
    }
  }

  /** The public key of a node that never gets anything. */
  static PublicPart otherNode() {
    return NodeKey.random(new SecureRandom()).publicPart();
  }

  /** Somebody puts a file where the node looks. */
  static void bring(byte[] export, Path folder) throws IOException {
    Path file = folder.resolve("export.sealed");
    Path fresh = folder.resolve("uploaded");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, export);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
