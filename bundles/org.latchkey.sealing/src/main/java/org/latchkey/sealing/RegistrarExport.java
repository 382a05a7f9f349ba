package org.latchkey.sealing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An export that was opened, or is to be sealed: what it says, and its subkeys, which it owns.
 *
 * <p>Its bytes are the length of what it says (4 bytes), that, and after it each subkey, 32 bytes,
 * by generation, realm, domain and purpose.
 */
public final class RegistrarExport implements AutoCloseable {

  private final Contents contents;
  private final Subkeys subkeys;

  /**
   * An export.
   *
   * @param subkeys owned by this from now on
   * @throws IllegalArgumentException when a subkey is missing, or there is one too many
   */
  public RegistrarExport(Contents contents, Subkeys subkeys) {
    this.contents = contents;
    this.subkeys = subkeys;
    if (!subkeys.names().equals(Set.copyOf(Subkeys.names(contents)))) {
      throw new IllegalArgumentException(
          "an export has the subkeys of its generations, realms and domains, and no others");
    }
  }

  /** What it says. */
  public Contents contents() {
    return contents;
  }

  /** Its subkeys, which are wiped with it. */
  public Subkeys subkeys() {
    return subkeys;
  }

  /**
   * What is to be sealed; the caller's to wipe.
   *
   * @throws IllegalArgumentException when one of its texts has more than 65535 bytes
   */
  public byte[] toBytes() {
    byte[] said = said();
    List<Subkeys.Name> names = Subkeys.names(contents);
    int at = Integer.BYTES + said.length;
    byte[] all = new byte[at + names.size() * Subkeys.BYTES];
    ByteBuffer.wrap(all).putInt(said.length).put(said);
    for (Subkeys.Name name : names) {
      subkeys.write(name, all, at);
      at += Subkeys.BYTES;
    }
    return all;
  }

  private byte[] said() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ContentsForm.write(contents, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalArgumentException("a text of an export has more than 65535 bytes", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what was opened.
   *
   * @param all the caller's to wipe
   * @throws IOException when it is no export of this version
   */
  public static RegistrarExport read(byte[] all) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("it is shorter than it says");
    }
    Subkeys subkeys = new Subkeys();
    try {
      Contents contents =
          ContentsForm.read(
              new DataInputStream(new ByteArrayInputStream(all, Integer.BYTES, length)));
      List<Subkeys.Name> names = Subkeys.names(contents);
      int at = Integer.BYTES + length;
      if (all.length - at != names.size() * Subkeys.BYTES) {
        throw new IOException("it has more or fewer subkeys than it says");
      }
      for (Subkeys.Name name : names) {
        byte[] bytes = Arrays.copyOfRange(all, at, at + Subkeys.BYTES);
        subkeys.put(name.generation(), name.purpose(), name.realm(), name.domain(), bytes);
        at += Subkeys.BYTES;
      }
      return new RegistrarExport(contents, subkeys);
    } catch (IllegalArgumentException e) {
      subkeys.close();
      throw new IOException("it is no export of this version", e);
    }
  }

  /** Wipes the subkeys. */
  @Override
  public void close() {
    subkeys.close();
  }
}
