package org.latchkey.sealing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.Prf;

/**
 * The subkeys of an export: of each generation, realm and domain those that an authenticator needs,
 * and of no other purpose. One thread fills it; then any thread may read until it is closed.
 */
public final class Subkeys implements AutoCloseable {

  /** The purposes of which a registrar node has subkeys. */
  public static final List<KeyPurpose> PURPOSES = List.of(KeyPurpose.TAG, KeyPurpose.REGISTRATION);

  static final int BYTES = Prf.OUTPUT_BYTES;

  /** Which subkey. */
  record Name(int generation, KeyPurpose purpose, String realm, String domain) {}

  private final Map<Name, byte[]> byName = new HashMap<>();

  /**
   * Adds one.
   *
   * @param bytes 32 of them, owned by this from now on
   * @throws IllegalArgumentException when a registrar node must not have it
   */
  public void put(int generation, KeyPurpose purpose, String realm, String domain, byte[] bytes) {
    if (!PURPOSES.contains(purpose) || bytes.length != BYTES) {
      Arrays.fill(bytes, (byte) 0);
      throw new IllegalArgumentException("no subkey of a registrar node: " + purpose);
    }
    byName.put(new Name(generation, purpose, realm, domain), bytes);
  }

  /** A copy of one, the caller's to wipe. */
  public Optional<byte[]> copy(int generation, KeyPurpose purpose, String realm, String domain) {
    return Optional.ofNullable(byName.get(new Name(generation, purpose, realm, domain)))
        .map(byte[]::clone);
  }

  /** Those that an export has, in the order in which they are in it. */
  static List<Name> names(Contents contents) {
    List<Name> names = new ArrayList<>();
    for (int generation : contents.generations()) {
      for (String realm : contents.realms()) {
        for (String domain : contents.domains()) {
          for (KeyPurpose purpose : PURPOSES) {
            names.add(new Name(generation, purpose, realm, domain));
          }
        }
      }
    }
    return names;
  }

  /** Writes one of them into an array. */
  void write(Name name, byte[] all, int at) {
    System.arraycopy(Optional.ofNullable(byName.get(name)).orElseThrow(), 0, all, at, BYTES);
  }

  Set<Name> names() {
    return byName.keySet();
  }

  /** Wipes them. */
  @Override
  public void close() {
    byName.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
  }
}
