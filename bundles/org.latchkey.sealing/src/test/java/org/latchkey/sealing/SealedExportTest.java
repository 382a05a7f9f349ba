package org.latchkey.sealing;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.Test;

/** What an agent seals to a node, nobody else opens, and nobody else could have sealed. */
public class SealedExportTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] CONTENT = "subkeys".getBytes(StandardCharsets.UTF_8);

  private final NodeKey node = NodeKey.random(RANDOM);
  private final AgentKey agent = AgentKey.random(RANDOM);

  @Test
  public void theNodeOpensIt() throws Exception {
    SealedExport read = SealedExport.read(sealed().toBytes());
    assertEquals(node.publicPart(), read.node());
    assertEquals(agent.publicPart(), read.agent());
    assertArrayEquals(CONTENT, read.open(node));
    assertArrayEquals("with the key from disk", CONTENT, read.open(NodeKey.of(node.bytes())));
    assertNotEquals(
        "each sealing has a key of its own",
        Arrays.hashCode(sealed().toBytes()),
        Arrays.hashCode(sealed().toBytes()));
  }

  @Test
  public void anotherNodeDoesNotOpenIt() throws Exception {
    SealedExport sealed = sealed();
    assertThrows(GeneralSecurityException.class, () -> sealed.open(NodeKey.random(RANDOM)));
  }

  @Test
  public void eachFlippedBitIsRefused() throws Exception {
    byte[] bytes = sealed().toBytes();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] other = bytes.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse("bit " + bit, opens(other));
    }
  }

  @Test
  public void oneThatIsCutOrLongerIsRefused() throws Exception {
    byte[] bytes = sealed().toBytes();
    for (int length = 0; length < bytes.length; length++) {
      assertFalse("cut to " + length, opens(Arrays.copyOf(bytes, length)));
    }
    assertFalse(opens(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  public void whoHasTheNodesKeyCanStillNotSealInTheAgentsName() throws Exception {
    AgentKey thief = AgentKey.random(RANDOM);
    byte[] forged = SealedExport.seal(CONTENT, node.publicPart(), thief).toBytes();
    byte[] name = ("from " + agent.publicPart().text()).getBytes(StandardCharsets.US_ASCII);
    int at = new String(forged, StandardCharsets.ISO_8859_1).indexOf("from ");
    System.arraycopy(name, 0, forged, at, name.length);
    assertEquals(agent.publicPart(), SealedExport.read(forged).agent());
    assertFalse(opens(forged));
    assertFalse("signed by the thief", opens(resigned(forged, thief)));
  }

  @Test
  public void anExportCantBePassedOnInAnotherAgentsName() throws Exception {
    AgentKey thief = AgentKey.random(RANDOM);
    byte[] bytes = sealed().toBytes();
    byte[] name = ("from " + thief.publicPart().text()).getBytes(StandardCharsets.US_ASCII);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("from ");
    System.arraycopy(name, 0, bytes, at, name.length);
    assertFalse(opens(resigned(bytes, thief)));
  }

  @Test
  public void aPublicKeyThatIsNoneIsRefused() {
    PublicPart zero = new PublicPart(PublicPart.Kind.NODE, new byte[32]);
    assertThrows(GeneralSecurityException.class, () -> SealedExport.seal(CONTENT, zero, agent));
  }

  private SealedExport sealed() throws GeneralSecurityException {
    return SealedExport.seal(CONTENT, node.publicPart(), agent);
  }

  private boolean opens(byte[] bytes) {
    try {
      SealedExport.read(bytes).open(node);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] resigned(byte[] bytes, AgentKey key) {
    int end = bytes.length - AgentKey.SIGNATURE_BYTES;
    byte[] signature = key.sign(Arrays.copyOf(bytes, end));
    System.arraycopy(signature, 0, bytes, end, signature.length);
    return bytes;
  }
}
