package org.latchkey.sealing;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.junit.Test;

/** RFC 9180, appendix A.2.1: the suite is the one that it says. */
public class HpkeVectorsTest {

  private static final int LAST_NUMBER = 256;

  @Test
  public void whatTheRfcSealedIsOpened() throws Exception {
    Map<String, String> setup = setup();
    HPKEContext recipient =
        Suite.hpke()
            .setupBaseR(
                bytes(setup, "enc"), Suite.keyPair(bytes(setup, "skRm")), bytes(setup, "info"));
    List<Map<String, String>> encryptions = blocks().subList(1, blocks().size());
    assertEquals(6, encryptions.size());
    for (int number = 0; number <= LAST_NUMBER; number++) {
      Map<String, String> one = number(number, encryptions);
      if (one.isEmpty()) {
        // The RFC leaves these out: the counter moves with what is opened.
        advance(recipient, setup, number);
      } else {
        assertArrayEquals(
            one.toString(), bytes(one, "pt"), recipient.open(bytes(one, "aad"), bytes(one, "ct")));
      }
    }
  }

  @Test
  public void weSealAsTheRfcDoes() throws Exception {
    HPKEContextWithEncapsulation sender = sender(setup());
    assertArrayEquals(bytes(setup(), "enc"), sender.getEncapsulation());
    List<Map<String, String>> encryptions = blocks().subList(1, blocks().size());
    for (int number = 0; number <= LAST_NUMBER; number++) {
      Map<String, String> one = number(number, encryptions);
      byte[] sealed = sender.seal(bytes(one, "aad"), bytes(one, "pt"));
      if (!one.isEmpty()) {
        assertArrayEquals(one.toString(), bytes(one, "ct"), sealed);
      }
    }
  }

  @Test
  public void theSingleShotIsTheFirstOfThem() throws Exception {
    Map<String, String> setup = setup();
    Map<String, String> first = blocks().get(1);
    byte[] opened =
        Suite.hpke()
            .open(
                bytes(setup, "enc"),
                Suite.keyPair(bytes(setup, "skRm")),
                bytes(setup, "info"),
                bytes(first, "aad"),
                bytes(first, "ct"),
                null,
                null,
                null);
    assertArrayEquals(bytes(first, "pt"), opened);
    try (NodeKey key = NodeKey.of(bytes(setup, "skRm"))) {
      assertArrayEquals(bytes(setup, "pkRm"), key.publicPart().bytes());
    }
  }

  /** What the sender of the RFC would have sealed with this number, of nothing. */
  private static void advance(HPKEContext recipient, Map<String, String> setup, int number)
      throws Exception {
    HPKEContextWithEncapsulation sender = sender(setup);
    byte[] sealed = new byte[0];
    for (int i = 0; i <= number; i++) {
      sealed = sender.seal(new byte[0], new byte[0]);
    }
    assertArrayEquals(new byte[0], recipient.open(new byte[0], sealed));
  }

  private static HPKEContextWithEncapsulation sender(Map<String, String> setup) {
    HPKE hpke = Suite.hpke();
    return hpke.setupBaseS(
        hpke.deserializePublicKey(bytes(setup, "pkRm")),
        bytes(setup, "info"),
        Suite.keyPair(bytes(setup, "skEm")));
  }

  private static Map<String, String> number(int number, List<Map<String, String>> encryptions) {
    return encryptions.stream()
        .filter(one -> one.get("number").equals("" + number))
        .findFirst()
        .orElse(Map.of());
  }

  private static Map<String, String> setup() throws IOException {
    return blocks().get(0);
  }

  private static byte[] bytes(Map<String, String> block, String name) {
    return HexFormat.of().parseHex(block.getOrDefault(name, ""));
  }

  private static List<Map<String, String>> blocks() throws IOException {
    try (InputStream in = HpkeVectorsTest.class.getResourceAsStream("rfc9180-a2-1.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Map<String, String>> blocks = new ArrayList<>();
      for (String block : text.replaceAll("(?m)^#.*\n", "").strip().split("\n\n", -1)) {
        Map<String, String> fields = new TreeMap<>();
        block.lines().forEach(l -> fields.put(l.split(" = ", -1)[0], l.split(" = ", -1)[1]));
        blocks.add(fields);
      }
      return blocks;
    }
  }
}
