package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.latchkey.key.Secret;
import org.latchkey.registration.Ha1Answer;

/**
 * Packets that went wrong in every way, of clients with and without a Message-Authenticator: no
 * exception, and no yes. {@code -Dlatchkey.fuzz=1000000} is the full form.
 */
public class PacketFuzzTest {

  private static final int ROUNDS = Integer.getInteger("latchkey.fuzz", 20_000);
  private static final int ACCEPT = 2;

  private final Office office = new Office();
  private final Random random = new Random(5090);

  @Test
  public void noDamagedPacketIsAYes() {
    // Whatever name and AOR come out of a damaged packet have an HA1, but none that fits.
    office.ha1Source =
        Optional.of((k, a, r, g) -> new Ha1Answer.Found(Secret.ofText("0".repeat(g.hexLength()))));
    List<byte[]> good =
        List.of(
            Question.ofPhone().unauthenticated().standard(),
            Question.ofPhone().unauthenticated().draft(),
            Question.ofPhone().draft(),
            Question.ofPhone().unauthenticated().and(33, "state").draft(),
            new byte[64]);
    int answers = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] packet = damaged(good.get(random.nextInt(good.size())));
      RadiusClient client = i % 3 == 0 ? Office.PBX : Office.OLD_PBX;
      Optional<byte[]> answer = office.desk.answer(packet, client, Question.SECRET);
      if (answer.isPresent()) {
        answers++;
        assertNotEquals(Arrays.toString(packet), ACCEPT, answer.get()[0]);
      }
    }
    assertTrue("enough come as far as a refusal: " + answers, answers > ROUNDS / 20);
    assertEquals("no exception", 0, office.desk.tally(Office.PBX).unknown.sum());
  }

  private byte[] damaged(byte[] good) {
    byte[] packet = good.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(packet.length);
      switch (random.nextInt(6)) {
        case 0 -> packet[at] = (byte) random.nextInt(256);
        case 1 -> packet[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> packet = Arrays.copyOf(packet, at + 1);
        case 3 -> packet = Arrays.copyOf(packet, packet.length + random.nextInt(40));
        case 4 ->
            System.arraycopy(
                packet,
                at,
                packet,
                random.nextInt(packet.length - (packet.length - at) + 1),
                packet.length - at);
        default -> packet[Math.min(packet.length - 1, 20 + random.nextInt(60))]++;
      }
    }
    if (random.nextInt(4) > 0 && packet.length > 4) {
      packet[2] = (byte) (packet.length >> 8);
      packet[3] = (byte) packet.length;
      packet[0] = 1;
    }
    return packet;
  }
}
