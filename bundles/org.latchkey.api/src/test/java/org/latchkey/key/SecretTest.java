package org.latchkey.key;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class SecretTest {

  private static final byte[] BYTES = "correct horse".getBytes(StandardCharsets.UTF_8);

  @Test
  public void aSecretIsACopyAndLendsCopies() {
    byte[] mine = BYTES.clone();
    Secret secret = Secret.copyOf(mine);
    mine[0] = 'X';
    secret.copy()[1] = 'X';
    assertArrayEquals(BYTES, secret.copy());
  }

  @Test
  public void aWipedSecretLendsAndComparesNothing() {
    Secret secret = Secret.copyOf(BYTES);
    Secret other = Secret.copyOf(BYTES);
    secret.close();
    secret.close();
    assertThrows(IllegalStateException.class, secret::copy);
    assertThrows(IllegalStateException.class, () -> secret.matches(other));
    assertThrows(IllegalStateException.class, () -> other.matches(secret));
    assertEquals(BYTES.length, secret.length());
  }

  @Test
  public void onlyEqualBytesMatch() {
    Secret secret = Secret.copyOf(BYTES);
    assertTrue(secret.matches(Secret.ofText("correct horse")));
    assertFalse(secret.matches(Secret.ofText("correct horsf")));
    assertFalse(secret.matches(Secret.ofText("correct hors")));
    assertFalse(secret.matches(Secret.ofText("")));
  }

  @Test
  public void aSecretIsNeverShown() {
    Secret secret = Secret.copyOf(BYTES);
    assertFalse(secret.toString().contains("horse"));
    assertFalse(new KeyRequest.Login("key", secret).toString().contains("horse"));
    assertEquals(secret.toString(), Secret.ofText("").toString());
  }
}
