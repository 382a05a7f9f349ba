package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latchkey.custody.Custodian;
import org.latchkey.custody.KeyCustody;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Moves master keys between places, and opens sealed ones, while nobody looks. */
@Component(immediate = true)
public final class CustodianDesk implements Custodian {

  private final String enterprise;
  private final KeyPlace place;
  private final Custody custody;
  private final Changes changes;

  /** The service. */
  @Activate
  public CustodianDesk(@Reference Agent agent) {
    this(agent.parts());
  }

  CustodianDesk(Parts parts) {
    enterprise = parts.settings().enterprise();
    place = parts.place();
    custody = parts.custody();
    changes = new Changes(parts.custody(), parts.revocations(), parts.neighbours(), parts.clock());
  }

  @Override
  public List<Place> places() {
    String inForce = refusing(place::name);
    List<Place> places = new ArrayList<>();
    for (KeyCustody one : place.all()) {
      boolean used = one.name().equals(inForce);
      places.add(used ? 0 : places.size(), new Place(one.name(), one.place(), used, one.sealed()));
    }
    return List.copyOf(places);
  }

  @Override
  public void unseal(Secret passphrase, String actor) {
    KeyCustody sealed = refusing(place::inForce);
    if (!sealed.sealed()) {
      throw new RequestRefusedException(
          "Nothing was done: %s is not sealed.".formatted(sealed.place()));
    }
    changes.evidence(actor, "master-key.unseal", sealed.name() + ", with what was typed");
    custody.alone(() -> opened(sealed, passphrase));
    custody.look();
  }

  private static KeyCustody opened(KeyCustody sealed, Secret passphrase) {
    try {
      sealed.unseal(passphrase);
      return sealed;
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was opened, %s: %s. Type latchkey:unseal again with the right passphrase or PIN."
              .formatted(sealed.place(), e.getMessage()));
    }
  }

  @Override
  public void move(String name, String actor) {
    KeyCustody target =
        place
            .named(name)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        "Nothing was moved: there is no custody '%s'. There are: %s."
                            .formatted(
                                name,
                                place.all().stream()
                                    .map(KeyCustody::name)
                                    .collect(Collectors.joining(", ")))));
    if (target.sealed()) {
      throw new RequestRefusedException(
          "Nothing was moved: %s is sealed. Put its PIN or passphrase into its file first."
              .formatted(target.place()));
    }
    changes.requireWell("Nothing was moved");
    changes.evidence(
        actor, "master-key.moved", "From " + refusing(place::name) + " to " + target.name());
    custody.alone(
        () ->
            refusing(
                () -> {
                  moved(target);
                  return target;
                }));
    custody.look();
  }

  /** Of what the source has now, which may be more than this node has looked at. */
  private void moved(KeyCustody target) throws IOException {
    KeyCustody source = place.inForce();
    try (MasterKeys keys = new MasterKeys(enterprise, source.open())) {
      if (source != target) {
        for (int number : keys.generations()) {
          copied(source, target, number, keys.checkValue(number));
        }
        place.enforce(target);
      }
      emptied(target, keys);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Of keystore files alone; what an earlier move left behind goes too. */
  private void emptied(KeyCustody target, MasterKeys keys) throws IOException {
    for (KeyCustody other : place.all()) {
      if (other != target && other instanceof KeystoreFile && other.exists()) {
        try {
          for (int number : keys.generations()) {
            other.remove(number);
          }
        } catch (IOException e) {
          throw new IOException(
              "the keys are in %s now, but not removed from %s (%s): type the command again"
                  .formatted(target.name(), other.place(), e.getMessage()),
              e);
        }
      }
    }
  }

  private void copied(KeyCustody source, KeyCustody target, int number, String checkValue)
      throws IOException {
    if (number(target, number).isEmpty()) {
      copy(source, target, number);
    }
    if (!number(target, number).orElse("").equals(checkValue)) {
      throw new IOException(
          "%s has another generation %d; the keys are where they were"
              .formatted(target.place(), number));
    }
  }

  private static void copy(KeyCustody source, KeyCustody target, int number) throws IOException {
    Secret bytes =
        source
            .copy(number)
            .orElseThrow(() -> new IOException("keys never leave " + source.place()));
    try (bytes) {
      target.adopt(number, bytes);
    }
  }

  /** The check value of a generation in a custody; empty when it has none. */
  private Optional<String> number(KeyCustody there, int number) throws IOException {
    if (!there.exists()) {
      return Optional.empty();
    }
    try (MasterKeys keys = new MasterKeys(enterprise, there.open())) {
      return keys.generations().contains(number)
          ? Optional.of(keys.checkValue(number))
          : Optional.empty();
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  /** What may fail on a disk or in a token. */
  private interface Attempt<T> {
    T get() throws IOException;
  }

  private static <T> T refusing(Attempt<T> attempt) {
    try {
      return attempt.get();
    } catch (IOException e) {
      throw new RequestRefusedException("That did not work: " + e.getMessage() + ".");
    }
  }
}
