package org.latchkey.sealing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.admission.Hold;
import org.latchkey.keyscheme.KeyIdentifier;

/** The bytes of {@link Contents}: numbers and texts as {@link java.io.DataOutput} writes them. */
final class ContentsForm {

  private static final int VERSION = 1;

  private ContentsForm() {}

  static void write(Contents contents, DataOutputStream out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(contents.number());
    out.writeLong(contents.takenAt().toEpochMilli());
    texts(contents.realms(), out);
    texts(contents.domains(), out);
    numbers(contents.generations(), out);
    numbers(contents.compromised(), out);
    texts(new TreeSet<>(contents.issued()), out);
    texts(new TreeSet<>(contents.revoked()), out);
    out.writeInt(contents.holds().size());
    for (Hold hold : contents.holds()) {
      out.writeUTF(hold.keyIdentifier());
      out.writeUTF(hold.kind().name());
      out.writeUTF(hold.reason());
      out.writeUTF(hold.by());
      out.writeLong(hold.at().toEpochMilli());
    }
  }

  private static void texts(Collection<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static void numbers(Set<Integer> numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.size());
    for (int number : numbers) {
      out.writeShort(number);
    }
  }

  /**
   * Reads all that there is.
   *
   * @throws IOException when it ends too early or too late, or is of another version
   * @throws IllegalArgumentException when it says what can't be
   */
  static Contents read(DataInputStream in) throws IOException {
    if (in.readUnsignedByte() != VERSION) {
      throw new IOException("it is of a later version: update this node");
    }
    Contents contents =
        new Contents(
            in.readLong(),
            Instant.ofEpochMilli(in.readLong()),
            texts(in),
            texts(in),
            numbers(in),
            numbers(in),
            Set.copyOf(texts(in)),
            Set.copyOf(texts(in)),
            holds(in));
    if (in.read() >= 0) {
      throw new IOException("it says more than it should");
    }
    return contents;
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static Set<Integer> numbers(DataInputStream in) throws IOException {
    Set<Integer> numbers = new TreeSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      int number = in.readUnsignedShort();
      if (number > KeyIdentifier.MAX_GENERATION) {
        throw new IllegalArgumentException("a generation is a number from 0 to 1023");
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static List<Hold> holds(DataInputStream in) throws IOException {
    List<Hold> holds = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String key = in.readUTF();
      Hold.Kind kind = Hold.Kind.valueOf(in.readUTF());
      holds.add(
          new Hold(key, kind, in.readUTF(), in.readUTF(), Instant.ofEpochMilli(in.readLong())));
    }
    return holds;
  }
}
