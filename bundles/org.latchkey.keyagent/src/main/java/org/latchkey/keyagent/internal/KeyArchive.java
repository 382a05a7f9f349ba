package org.latchkey.keyagent.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.latchkey.keyscheme.HmacPrf;
import org.latchkey.keyscheme.KeyIdentifier;
import org.latchkey.keyscheme.KeyScheme;
import org.latchkey.keyscheme.Prf;

/**
 * What a backup has of the master keys: whose they are, where they were, the keys that can leave
 * that place, and the snapshot of revocations as its file was.
 *
 * @param custody the name of the place they were in
 * @param checkValues of all generations
 * @param keys of those that could leave; owned by this
 * @param revocations the signed snapshot; empty when there was none
 */
record KeyArchive(
    String enterprise,
    List<String> realms,
    List<String> domains,
    String custody,
    TreeMap<Integer, String> checkValues,
    KeyBytes keys,
    Optional<String> revocations)
    implements AutoCloseable {

  private static final int FORMAT = 1;
  private static final int KEY_BYTES = 32;
  private static final int MOST_NAMES = 1_000;
  private static final int MOST_SNAPSHOT_BYTES = 64 << 20;

  void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(FORMAT);
    data.writeUTF(enterprise);
    write(data, realms);
    write(data, domains);
    data.writeUTF(custody);
    data.writeInt(checkValues.size());
    for (int number : checkValues.keySet()) {
      byte[] key = keys.keys().getOrDefault(number, new byte[0]);
      data.writeInt(number);
      data.writeUTF(String.valueOf(checkValues.get(number)));
      data.writeInt(key.length);
      data.write(key);
    }
    byte[] snapshot = revocations.orElse("").getBytes(StandardCharsets.UTF_8);
    data.writeInt(snapshot.length);
    data.write(snapshot);
    data.flush();
  }

  private static void write(DataOutputStream data, List<String> names) throws IOException {
    data.writeInt(names.size());
    for (String name : names) {
      data.writeUTF(name);
    }
  }

  /**
   * Reads one, for the caller to close.
   *
   * @throws IOException when it is none, or a key is not the one that it says
   */
  static KeyArchive read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    bounded(data, FORMAT, FORMAT);
    String enterprise = data.readUTF();
    List<String> realms = names(data);
    List<String> domains = names(data);
    String custody = data.readUTF();
    TreeMap<Integer, String> checkValues = new TreeMap<>();
    KeyBytes keys = new KeyBytes(new TreeMap<>());
    try {
      int count = bounded(data, 1, KeyIdentifier.MAX_GENERATION + 1);
      for (int i = 0; i < count; i++) {
        int number = bounded(data, 0, KeyIdentifier.MAX_GENERATION);
        checkValues.put(number, data.readUTF());
        if (bounded(data, 0, KEY_BYTES) > 0) {
          byte[] key = new byte[KEY_BYTES];
          keys.keys().put(number, key);
          data.readFully(key);
          requireRight(enterprise, number, key, checkValues);
        }
      }
      byte[] snapshot = data.readNBytes(bounded(data, 0, MOST_SNAPSHOT_BYTES));
      Optional<String> text =
          Optional.of(new String(snapshot, StandardCharsets.UTF_8)).filter(one -> !one.isEmpty());
      return new KeyArchive(enterprise, realms, domains, custody, checkValues, keys, text);
    } catch (IOException e) {
      keys.close();
      throw e;
    }
  }

  private static void requireRight(
      String enterprise, int number, byte[] key, TreeMap<Integer, String> checkValues)
      throws IOException {
    try (Prf prf = new HmacPrf(key)) {
      if (!KeyScheme.checkValue(prf, enterprise).equals(checkValues.get(number))) {
        throw new IOException("the key of generation " + number + " is not the one that was");
      }
    }
  }

  private static List<String> names(DataInputStream data) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = bounded(data, 0, MOST_NAMES); left > 0; left--) {
      names.add(data.readUTF());
    }
    return names;
  }

  private static int bounded(DataInputStream data, int least, int most) throws IOException {
    int value = data.readInt();
    if (value < least || value > most) {
      throw new IOException("the keys are not in a form that this version knows");
    }
    return value;
  }

  @Override
  public void close() {
    keys.close();
  }
}
