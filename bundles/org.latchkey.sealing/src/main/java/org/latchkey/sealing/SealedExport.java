package org.latchkey.sealing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * An export as it is carried: a head in plain text that says for whom it is and from whom, then
 * what HPKE sealed to the node (encapsulated key of 32 bytes, ciphertext), with the head as
 * associated data; then the agent's signature over all of that. Immutable.
 */
public final class SealedExport {

  private static final String TITLE = "latchkey registrar export 1";
  private static final String FOR = "for ";
  private static final String FROM = "from ";
  private static final byte[] INFO = TITLE.getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD_BYTES =
      (TITLE + FOR + FROM).length() + 2 * PublicPart.TEXT_CHARACTERS + 4;
  private static final int ENCAPSULATED_BYTES = 32;
  private static final int TAG_BYTES = 16;

  private final byte[] bytes;
  private final PublicPart node;
  private final PublicPart agent;

  private SealedExport(byte[] bytes, PublicPart node, PublicPart agent) {
    this.bytes = bytes;
    this.node = node;
    this.agent = agent;
  }

  /**
   * Seals and signs.
   *
   * @param content the caller's to wipe
   * @throws GeneralSecurityException when the node's public key is none
   */
  public static SealedExport seal(byte[] content, PublicPart node, AgentKey agent)
      throws GeneralSecurityException {
    byte[] head = head(node, agent.publicPart());
    HPKE hpke = Suite.hpke();
    try {
      byte[][] sealed =
          hpke.seal(hpke.deserializePublicKey(node.bytes()), INFO, head, content, null, null, null);
      byte[] signed = joined(head, sealed[1], sealed[0]);
      return new SealedExport(joined(signed, agent.sign(signed)), node, agent.publicPart());
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException("nothing can be sealed to that key", e);
    }
  }

  /**
   * Reads one. Nothing is known to be true but that it has the form of one.
   *
   * @throws GeneralSecurityException when it has not
   */
  public static SealedExport read(byte[] bytes) throws GeneralSecurityException {
    if (bytes.length < HEAD_BYTES + ENCAPSULATED_BYTES + TAG_BYTES + AgentKey.SIGNATURE_BYTES) {
      throw new GeneralSecurityException("it is too short for an export");
    }
    String head = new String(bytes, 0, HEAD_BYTES, StandardCharsets.US_ASCII);
    List<String> lines = head.lines().toList();
    try {
      PublicPart node = PublicPart.parse(PublicPart.Kind.NODE, value(lines, 1, FOR));
      PublicPart agent = PublicPart.parse(PublicPart.Kind.AGENT, value(lines, 2, FROM));
      if (Arrays.equals(head(node, agent), 0, HEAD_BYTES, bytes, 0, HEAD_BYTES)) {
        return new SealedExport(bytes.clone(), node, agent);
      }
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it does not begin as an export does", e);
    }
    throw new GeneralSecurityException("it does not begin as an export does");
  }

  private static String value(List<String> lines, int number, String name) {
    if (lines.size() <= number || !lines.get(number).startsWith(name)) {
      throw new IllegalArgumentException("a line is missing");
    }
    return lines.get(number).substring(name.length());
  }

  /** The node that it says it is for. */
  public PublicPart node() {
    return node;
  }

  /** The agent that it says it is from. */
  public PublicPart agent() {
    return agent;
  }

  /** All of it, as it is carried. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * Checks the signature of the agent that it says it is from, and opens it.
   *
   * @return the content, the caller's to wipe
   * @throws GeneralSecurityException when it is not as that agent sealed it to this node
   */
  public byte[] open(NodeKey key) throws GeneralSecurityException {
    int end = bytes.length - AgentKey.SIGNATURE_BYTES;
    byte[] signature = Arrays.copyOfRange(bytes, end, bytes.length);
    int encapsulated = HEAD_BYTES + ENCAPSULATED_BYTES;
    try {
      if (AgentKey.signed(agent, bytes, end, signature)) {
        return Suite.hpke()
            .open(
                Arrays.copyOfRange(bytes, HEAD_BYTES, encapsulated),
                key.pair(),
                INFO,
                Arrays.copyOf(bytes, HEAD_BYTES),
                Arrays.copyOfRange(bytes, encapsulated, end),
                null,
                null,
                null);
      }
    } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException("it is damaged, or not sealed to this node", e);
    }
    throw new GeneralSecurityException("it is not as that agent signed it");
  }

  private static byte[] head(PublicPart node, PublicPart agent) {
    String text = TITLE + '\n' + FOR + node.text() + '\n' + FROM + agent.text() + "\n\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
