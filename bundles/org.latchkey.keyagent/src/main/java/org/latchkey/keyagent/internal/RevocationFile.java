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
import org.latchkey.files.OwnerFile;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Kdf;
import org.latchkey.keyscheme.Prf;

/**
 * The snapshot of revocations: the states of generations, one key identifier a line, and at the end
 * an HMAC-SHA-256 under a key of purpose control, so that nobody shortens the list. A node starts
 * from it when the store is away. Format 1 had no states.
 */
final class RevocationFile {

  private static final String TITLE = "latchkey revocations 2";
  private static final String TITLE_WITHOUT_STATES = "latchkey revocations 1";
  private static final String LABEL = "lk1/r";

  private final OwnerFile file;

  RevocationFile(Path folder) {
    this.file = new OwnerFile(folder, "revocations");
  }

  /**
   * What a verified snapshot says.
   *
   * @param takenAt when it was written
   * @param roster the states of generations; empty when it says none
   * @param revoked the key identifiers
   */
  record Snapshot(Instant takenAt, Optional<Roster> roster, Set<String> revoked) {
    static final Snapshot NONE = new Snapshot(Instant.EPOCH, Optional.empty(), Set.of());
  }

  String name() {
    return file.path().toString();
  }

  boolean exists() {
    return file.exists();
  }

  /**
   * All of it as it is, signature and all; empty when there is none.
   *
   * @throws IOException when it can't be read
   */
  Optional<String> text() throws IOException {
    return exists()
        ? Optional.of(new String(file.read(), StandardCharsets.UTF_8))
        : Optional.empty();
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
    boolean states = !lines.isEmpty() && lines.get(0).equals(TITLE);
    int head = states ? 4 : 3;
    if (lines.size() < head || !(states || lines.get(0).equals(TITLE_WITHOUT_STATES))) {
      return Optional.empty();
    }
    Optional<byte[]> control = number(lines.get(1)).flatMap(number -> control(keys, number));
    if (control.isEmpty() || !signed(control.get(), text.substring(0, end), text.substring(end))) {
      return Optional.empty();
    }
    Instant takenAt = Instant.parse(lines.get(2));
    return Optional.of(
        new Snapshot(
            takenAt,
            states ? Optional.of(Roster.parse(lines.get(3))) : Optional.empty(),
            lines.stream().skip(head).collect(Collectors.toUnmodifiableSet())));
  }

  /**
   * Replaces the snapshot; it is on disk when this returns.
   *
   * @throws IOException when it can't be written
   */
  void write(MasterKeys keys, Snapshot snapshot) throws IOException {
    StringBuilder text = new StringBuilder();
    int signer =
        snapshot
            .roster()
            .flatMap(Roster::issuing)
            .filter(keys.generations()::contains)
            .orElse(keys.highest());
    text.append(TITLE).append('\n').append(signer).append('\n');
    text.append(snapshot.takenAt()).append('\n');
    text.append(snapshot.roster().orElse(Roster.NONE).text()).append('\n');
    new TreeSet<>(snapshot.revoked()).forEach(id -> text.append(id).append('\n'));
    String mac = mac(control(keys, signer).orElseThrow(), text.toString());
    text.append("mac ").append(mac).append('\n');
    file.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Removes a snapshot that is out of date: none is better than one that forgets a revocation. */
  void delete() throws IOException {
    file.delete();
  }

  private static Optional<byte[]> control(MasterKeys keys, int generation) {
    return keys.subkey(generation, KeyPurpose.CONTROL, "", "");
  }

  private static boolean signed(byte[] control, String text, String macLine) {
    byte[] expected = ("mac " + mac(control, text) + '\n').getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, macLine.getBytes(StandardCharsets.UTF_8));
  }

  /** Wipes the key. */
  private static String mac(byte[] control, String text) {
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
