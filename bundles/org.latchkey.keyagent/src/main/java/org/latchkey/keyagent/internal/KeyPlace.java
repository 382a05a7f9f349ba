package org.latchkey.keyagent.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.custody.KeyCustody;
import org.latchkey.files.OwnerFile;

/**
 * Which custody has the master keys of this node. A file names it once they were moved; before,
 * they are in the keystore file if there is one, or else where the setting says that new ones are
 * made.
 */
final class KeyPlace {

  private final OwnerFile marker;
  private final KeystoreFile keystore;
  private final Pkcs11Token token;
  private final List<KeyCustody> own;
  private final String forNewOnes;
  private final Neighbours neighbours;

  /**
   * A choice between our own custodies and those that others offer.
   *
   * @param marker the file that names the one in force
   * @param forNewOnes where a first master key is made
   */
  KeyPlace(
      OwnerFile marker,
      KeystoreFile keystore,
      Pkcs11Token token,
      String forNewOnes,
      Neighbours neighbours) {
    this.marker = marker;
    this.keystore = keystore;
    this.token = token;
    this.own = List.of(keystore, token);
    this.forNewOnes = forNewOnes;
    this.neighbours = neighbours;
  }

  /**
   * The name of the one in force.
   *
   * @throws IOException when the file that names it can't be read
   */
  String name() throws IOException {
    if (marker.exists()) {
      return new String(marker.read(), StandardCharsets.UTF_8).strip();
    }
    return keystore.exists() ? KeystoreFile.NAME : forNewOnes;
  }

  /**
   * The one in force.
   *
   * @throws IOException when it is not here
   */
  KeyCustody inForce() throws IOException {
    String name = name();
    return named(name)
        .orElseThrow(
            () ->
                new IOException(
                    "the master keys are in '%s', and no custody of that name is here"
                        .formatted(name)));
  }

  /** The one of this name. */
  Optional<KeyCustody> named(String name) {
    return all().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** All there are. */
  List<KeyCustody> all() {
    List<KeyCustody> all = new ArrayList<>(own);
    all.addAll(neighbours.custodies());
    return all;
  }

  /** A keystore as ours, in another folder; the caller's to close. */
  KeystoreFile keystoreIn(Path folder) {
    return keystore.twinIn(folder);
  }

  /** From now on, this one is in force. */
  void enforce(KeyCustody custody) throws IOException {
    marker.write((custody.name() + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The keystore file that a move which was cut off left behind.
   *
   * @throws IOException when the file that names the custody in force can't be read
   */
  Optional<String> leftBehind() throws IOException {
    return marker.exists() && !name().equals(KeystoreFile.NAME) && keystore.exists()
        ? Optional.of(keystore.place())
        : Optional.empty();
  }

  /** Forgets passphrases, and leaves the token. */
  void close() {
    keystore.close();
    token.close();
  }
}
