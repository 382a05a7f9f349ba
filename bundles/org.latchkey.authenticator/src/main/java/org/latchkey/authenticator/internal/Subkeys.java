package org.latchkey.authenticator.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.Prf;

/**
 * The subkeys in use. They are forgotten and wiped when their provider says that they may have
 * changed, when it goes, and at the end.
 */
final class Subkeys implements AutoCloseable {

  private final GenerationKeys decoy;
  private final AtomicReference<@Nullable SubkeySet> current = new AtomicReference<>();

  Subkeys(RandomGenerator random) {
    decoy = new GenerationKeys(randomKey(random), randomKey(random), false);
  }

  /** The provider's present set, leased: give the lease back. */
  SubkeySet lease(RegistrationKeys provider) {
    while (true) {
      long revision = provider.revision();
      SubkeySet set = current.get();
      if (set == null || !set.isOf(provider, revision)) {
        SubkeySet next = new SubkeySet(provider, revision, decoy);
        if (current.compareAndSet(set, next) && set != null) {
          set.leases().giveBack();
        }
      } else if (set.leases().take()) {
        return set;
      }
    }
  }

  /** Forgets all subkeys, such as when their provider is gone. */
  void forget() {
    SubkeySet set = current.getAndSet(null);
    if (set != null) {
      set.leases().giveBack();
    }
  }

  @Override
  public void close() {
    forget();
    decoy.close();
  }

  private static HmacPrf randomKey(RandomGenerator random) {
    byte[] key = new byte[Prf.OUTPUT_BYTES];
    random.nextBytes(key);
    HmacPrf prf = new HmacPrf(key);
    Arrays.fill(key, (byte) 0);
    return prf;
  }
}
