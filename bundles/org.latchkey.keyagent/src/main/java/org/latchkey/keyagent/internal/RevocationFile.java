package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Kdf;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/**
 * The snapshot of revocations: one key identifier a line, and at the end an HMAC-SHA-256 under a
 * key of purpose control, so that nobody shortens the list. A node starts from it when the store is
 * away.
 */
final class RevocationFile {

  private static final String TITLE = "latchkey revocations 1";
  private static final String LABEL = "lk1/r";

  private final OwnerFile file;
  private final String enterprise;

  RevocationFile(Path folder, String enterprise) {
    this.file = new OwnerFile(folder, "revocations");
    this.enterprise = enterprise;
  }

  /**
   * What a verified snapshot says.
   *
   * @param takenAt when it was written
   * @param revoked the key identifiers
   */
  record Snapshot(Instant takenAt, Set<String> revoked) {}

  String name() {
    return file.path().toString();
  }

  boolean exists() {
    return file.exists();
  }

  /**
   * Reads the snapshot.
   *
   * @return empty when it does not verify with one of these keys
   * @throws IOException when it can't be read
   */
  Optional<Snapshot> read(MasterKeys keys) throws IOException {
    String text = new String(file.read(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf("mac ");
    List<String> lines = text.substring(0, Math.max(end, 0)).lines().toList();
    if (lines.size() < 3 || !lines.get(0).equals(TITLE)) {
      return Optional.empty();
    }
    Optional<Prf> master = number(lines.get(1)).flatMap(keys::generation);
    if (master.isEmpty() || !signed(master.get(), text.substring(0, end), text.substring(end))) {
      return Optional.empty();
    }
    Instant takenAt = Instant.parse(lines.get(2));
    return Optional.of(
        new Snapshot(takenAt, lines.stream().skip(3).collect(Collectors.toUnmodifiableSet())));
  }

  /**
   * Replaces the snapshot; it is on disk when this returns.
   *
   * @throws IOException when it can't be written
   */
  void write(MasterKeys keys, Snapshot snapshot) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(TITLE).append('\n').append(keys.issuing()).append('\n');
    text.append(snapshot.takenAt()).append('\n');
    new TreeSet<>(snapshot.revoked()).forEach(id -> text.append(id).append('\n'));
    Prf master = keys.generation(keys.issuing()).orElseThrow();
    String mac = mac(master, text.toString());
    text.append("mac ").append(mac).append('\n');
    file.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Removes a snapshot that is out of date: none is better than one that forgets a revocation. */
  void delete() throws IOException {
    file.delete();
  }

  private boolean signed(Prf master, String text, String macLine) {
    byte[] expected = ("mac " + mac(master, text) + '\n').getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, macLine.getBytes(StandardCharsets.UTF_8));
  }

  private String mac(Prf master, String text) {
    byte[] control = KeyScheme.subkey(master, enterprise, KeyPurpose.CONTROL, "", "");
    try (Prf subkey = new HmacPrf(control)) {
      byte[] derived = Kdf.derive(subkey, LABEL, new byte[0]);
      try (Prf signing = new HmacPrf(derived)) {
        byte[] mac = signing.mac(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac);
      } finally {
        Arrays.fill(derived, (byte) 0);
      }
    } finally {
      Arrays.fill(control, (byte) 0);
    }
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
