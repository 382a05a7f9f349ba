package org.latchkey.keyagent.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.latchkey.custody.MasterKey;
import org.latchkey.key.KeyPurpose;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/**
 * The generations of the enterprise master key, and the subkeys that were derived from them: each
 * is asked for once and stays in memory, so that what was proved goes on when a token is pulled.
 */
final class MasterKeys implements AutoCloseable {

  private final String enterprise;
  private final NavigableMap<Integer, Prf> byGeneration;
  private final Map<Integer, String> checkValues = new ConcurrentHashMap<>();
  private final Map<Subkey, byte[]> subkeys = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private record Subkey(int generation, KeyPurpose purpose, String realm, String domain) {}

  /** Takes ownership of the keys, at least one. */
  MasterKeys(String enterprise, Map<Integer, MasterKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is at least one generation");
    }
    this.enterprise = enterprise;
    NavigableMap<Integer, Prf> prfs = new TreeMap<>();
    keys.forEach((number, key) -> prfs.put(number, new Lent(key)));
    byGeneration = Collections.unmodifiableNavigableMap(prfs);
  }

  /**
   * Derives what checking needs, so that it never has to ask again.
   *
   * @throws java.io.UncheckedIOException when a key can't be reached
   */
  void prove(Collection<String> realms, Collection<String> domains) {
    for (int number : generations()) {
      checkValue(number);
      proveOne(number, KeyPurpose.CONTROL, "", "");
      for (String realm : realms) {
        for (String domain : domains) {
          proveOne(number, KeyPurpose.TAG, realm, domain);
          proveOne(number, KeyPurpose.REGISTRATION, realm, domain);
        }
      }
    }
  }

  private void proveOne(int number, KeyPurpose purpose, String realm, String domain) {
    subkey(number, purpose, realm, domain).ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
  }

  /** The one with the highest number. */
  int highest() {
    return byGeneration.lastKey();
  }

  Set<Integer> generations() {
    return byGeneration.keySet();
  }

  /**
   * The public value that tells this key from any other; the generation is here.
   *
   * @throws java.io.UncheckedIOException when the key can't be reached
   */
  String checkValue(int number) {
    Prf key = Optional.ofNullable(byGeneration.get(number)).orElseThrow();
    String known = checkValues.get(number);
    if (known == null) {
      known = KeyScheme.checkValue(key, enterprise);
      checkValues.put(number, known);
    }
    return known;
  }

  /**
   * A copy of a subkey, for the caller to wipe; empty when the generation is not here.
   *
   * @throws java.io.UncheckedIOException when the key can't be reached, and was not asked before
   * @throws IllegalStateException after {@link #close()}
   */
  Optional<byte[]> subkey(int number, KeyPurpose purpose, String realm, String domain) {
    Prf key = byGeneration.get(number);
    if (key == null) {
      return Optional.empty();
    }
    byte[] copy = known(key, new Subkey(number, purpose, realm, domain)).clone();
    if (closed) {
      // It may have been wiped half way, and one that came later would never be.
      Arrays.fill(copy, (byte) 0);
      close();
      throw new IllegalStateException("the keys were wiped");
    }
    return Optional.of(copy);
  }

  /** A key that never answers keeps nobody waiting who asks for what is known. */
  private byte[] known(Prf key, Subkey wanted) {
    byte[] known = subkeys.get(wanted);
    if (known != null) {
      return known;
    }
    byte[] made =
        KeyScheme.subkey(key, enterprise, wanted.purpose(), wanted.realm(), wanted.domain());
    byte[] faster = subkeys.putIfAbsent(wanted, made);
    if (faster == null) {
      return made;
    }
    Arrays.fill(made, (byte) 0);
    return faster;
  }

  @Override
  public void close() {
    closed = true;
    byGeneration.values().forEach(Prf::close);
    subkeys.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
  }

  /** A key of a custody, as the key scheme uses it. */
  private record Lent(MasterKey key) implements Prf {
    @Override
    public byte[] mac(byte[] message) {
      return key.mac(message);
    }

    @Override
    public void close() {
      key.close();
    }
  }
}
