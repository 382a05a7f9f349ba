package org.latchkey.authenticator.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RegistrationKeys;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;

/** The subkeys obtained from one provider while its revision stayed the same. */
final class SubkeySet {

  private final RegistrationKeys provider;
  private final long revision;
  private final GenerationKeys decoy;
  private final Map<Place, AtomicReferenceArray<@Nullable GenerationKeys>> byPlace =
      new ConcurrentHashMap<>();
  private final Leases leases = new Leases(this::wipe);

  private record Place(String realm, String domain) {}

  SubkeySet(RegistrationKeys provider, long revision, GenerationKeys decoy) {
    this.provider = provider;
    this.revision = revision;
    this.decoy = decoy;
  }

  boolean isOf(RegistrationKeys other, long otherRevision) {
    return provider == other && revision == otherRevision;
  }

  /** The keys are wiped when all leases are given back; the owner holds one. */
  Leases leases() {
    return leases;
  }

  /** The keys of a generation; a decoy when it does not verify or the place is not served. */
  GenerationKeys of(int generation, String realm, String domain) {
    Place place = new Place(realm, domain);
    AtomicReferenceArray<@Nullable GenerationKeys> generations = byPlace.get(place);
    if (generations == null) {
      if (!provider.serves(realm, domain)) {
        return decoy;
      }
      generations =
          byPlace.computeIfAbsent(
              place, p -> new AtomicReferenceArray<>(KeyIdentifier.MAX_GENERATION + 1));
    }
    GenerationKeys known = generations.get(generation);
    if (known == null) {
      GenerationKeys loaded = load(generation, place);
      if (!generations.compareAndSet(generation, null, loaded) && loaded.known()) {
        loaded.close();
      }
      known = generations.get(generation);
    }
    return known == null ? decoy : known;
  }

  private GenerationKeys load(int generation, Place place) {
    Optional<HmacPrf> tag = subkey(generation, KeyPurpose.TAG, place);
    Optional<HmacPrf> registration = subkey(generation, KeyPurpose.REGISTRATION, place);
    if (tag.isPresent() && registration.isPresent()) {
      return new GenerationKeys(tag.get(), registration.get(), true);
    }
    tag.ifPresent(HmacPrf::close);
    registration.ifPresent(HmacPrf::close);
    return decoy;
  }

  private Optional<HmacPrf> subkey(int generation, KeyPurpose purpose, Place place) {
    return provider
        .subkey(generation, purpose, place.realm(), place.domain())
        .map(
            bytes -> {
              HmacPrf prf = new HmacPrf(bytes);
              Arrays.fill(bytes, (byte) 0);
              return prf;
            });
  }

  private void wipe() {
    for (AtomicReferenceArray<@Nullable GenerationKeys> generations : byPlace.values()) {
      for (int i = 0; i < generations.length(); i++) {
        GenerationKeys keys = generations.get(i);
        if (keys != null && keys.known()) {
          keys.close();
        }
      }
    }
  }
}
