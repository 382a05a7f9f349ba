package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.OwnDisk;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SoftToken;

/**
 * {@code kill -9} in the middle of what changes master keys: phones register as before, the status
 * says what is to be done, and the command goes on where it stopped.
 */
public final class CutOffIT {

  private static final Duration READY = Duration.ofSeconds(60);

  /** A command over SSH takes about as long. */
  private static final int LONGEST_MILLIS = 900;

  @Test
  public void rotateMoveAndRetireGoOnAfterKill9() throws Exception {
    int cuts = Integer.getInteger("latchkey.cuts", 1);
    for (int i = 0; i < cuts; i++) {
      try (LatchkeyNode node = LatchkeyNode.unpacked()) {
        SoftToken token = SoftToken.of(node);
        node.start();
        token.pin(SoftToken.PIN);
        ProvisionedKey old = ProvisionedKey.enrolled(node, "2801");
        assertEquals(200, ScriptedPhone.registered(node, old));
        rotated(node, old);
        ProvisionedKey next = old.fetchedAgain(Door.of(node));
        assertEquals(200, ScriptedPhone.registered(node, next));
        moved(node, old, next);
        retired(node, old, next);
      }
    }
  }

  @Test
  public void aRotationAndAMoveAtOnceLoseNoGeneration() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      SoftToken token = SoftToken.of(node);
      node.start();
      token.pin(SoftToken.PIN);
      ProvisionedKey old = ProvisionedKey.enrolled(node, "2811");
      Thread moving = new Thread(() -> type(node, "latchkey:custody --move pkcs11"), "moves");
      moving.start();
      type(node, "latchkey:rotate");
      moving.join();
      assertTrue(issues(node.shell("latchkey:generations --json"), 2));
      assertFalse(Files.exists(node.file("master.p12")));
      node.stop();
      node.start();
      awaitIssuing(node);
      assertEquals(200, ScriptedPhone.registered(node, old));
      assertEquals(200, ScriptedPhone.registered(node, old.fetchedAgain(Door.of(node))));
    }
  }

  /**
   * A disk that was filled once may have room again a moment later, when a file on it shrinks or is
   * replaced; then the rotation is done.
   */
  @Test
  public void onADiskThatStaysFullARotationIsRefusedInWordsAndWithRoomItIsDone() throws Exception {
    try (LatchkeyNode node = LatchkeyNode.unpacked()) {
      OwnDisk disk = OwnDisk.of(node);
      node.start();
      ProvisionedKey old = ProvisionedKey.enrolled(node, "2821");
      try (Console admin = node.console("admin")) {
        Closeable full = disk.keepFull();
        try {
          Commands.Result refused = admin.run("latchkey:rotate");
          assertFalse(refused.output(), refused.exit() == 0);
          assertTrue(refused.output(), refused.output().contains("Nothing was rotated"));
          assertTrue(refused.output(), refused.output().contains("No space left on device"));
          assertFalse(refused.output(), refused.output().matches("(?s).*(\\tat |Exception).*"));
          String states = admin.run("latchkey:generations --json").output();
          // On a full disk the store may close until there is room.
          assertTrue(states, issues(states, 1) || states.contains("is full. Free some space"));
          assertEquals(200, ScriptedPhone.registered(node, old));
        } finally {
          full.close();
        }
        disk.makeRoom();
        Await.until(
            "generation 1 still issues",
            READY,
            () -> issues(admin.run("latchkey:generations --json").output(), 1));
        Await.until("it rotates", READY, () -> admin.run("latchkey:rotate").exit() == 0);
        assertTrue(issues(admin.run("latchkey:generations --json").output(), 2));
      }
      assertEquals(200, ScriptedPhone.registered(node, old));
      assertEquals(200, ScriptedPhone.registered(node, old.fetchedAgain(Door.of(node))));
    }
  }

  private static void rotated(LatchkeyNode node, ProvisionedKey old) throws Exception {
    cut(node, "latchkey:rotate");
    assertEquals("registers after the cut", 200, ScriptedPhone.registered(node, old));
    String states = node.shell("latchkey:generations --json");
    System.out.println("rotate was cut off: " + states.replaceAll("\\s+", " "));
    if (!issues(states, 2)) {
      assertTrue(node.shell("latchkey:rotate").contains("Generation 2 issues"));
    }
    assertTrue(issues(node.shell("latchkey:generations --json"), 2));
  }

  private static void moved(LatchkeyNode node, ProvisionedKey... keys) throws Exception {
    cut(node, "latchkey:custody --move pkcs11");
    for (ProvisionedKey key : keys) {
      assertEquals("registers after the cut", 200, ScriptedPhone.registered(node, key));
    }
    System.out.println(
        "move was cut off: " + node.shell("latchkey:custody").replaceAll("[ -]+", " "));
    node.shell("latchkey:custody --move pkcs11");
    assertFalse(Files.exists(node.file("master.p12")));
    for (ProvisionedKey key : keys) {
      assertEquals(200, ScriptedPhone.registered(node, key));
      assertEquals(keys[1], key.fetchedAgain(Door.of(node)));
    }
  }

  private static void retired(LatchkeyNode node, ProvisionedKey old, ProvisionedKey next)
      throws Exception {
    ProvisionedKey left = ProvisionedKey.enrolled(node, "2802");
    assertEquals(200, ScriptedPhone.registered(node, left));
    node.shell("latchkey:rotate");
    ProvisionedKey last = next.fetchedAgain(Door.of(node));
    assertEquals(200, ScriptedPhone.registered(node, last));
    cut(node, "latchkey:retire 2");
    assertEquals("registers after the cut", 200, ScriptedPhone.registered(node, left));
    assertEquals("registers after the cut", 200, ScriptedPhone.registered(node, last));
    assertEquals("its generation goes on", 200, ScriptedPhone.registered(node, old));
    String retired = node.shell("latchkey:retire 2");
    assertTrue(retired, retired.contains("Phones left: 1."));
    assertTrue(retired, retired.contains(left.credentials().keyIdentifier()));
    assertEquals("held, not cut off", 200, ScriptedPhone.registered(node, left));
    assertEquals("replaced", 401, ScriptedPhone.registered(node, next));
    assertEquals(200, ScriptedPhone.registered(node, last));
  }

  private static boolean issues(String states, int generation) {
    return states.matches(
        "(?s).*\"number\" : %d,\\s*\"state\" : \"ISSUING\".*".formatted(generation));
  }

  /** Types a command, kills the node at a random moment of it, and starts it again. */
  private static void cut(LatchkeyNode node, String command) throws Exception {
    Thread typing = new Thread(() -> type(node, command), command);
    typing.start();
    LockSupport.parkNanos(
        Duration.ofMillis(ThreadLocalRandom.current().nextInt(100, LONGEST_MILLIS)).toNanos());
    node.kill();
    typing.join();
    node.start();
    awaitIssuing(node);
  }

  private static void awaitIssuing(LatchkeyNode node) throws IOException {
    node.awaitStore();
    try (Console admin = node.console("admin")) {
      Await.until(
          "keys are issued",
          READY,
          () -> admin.run("latchkey:status").output().contains(" issues, "));
    }
  }

  private static void type(LatchkeyNode node, String command) {
    try (Console admin = node.console("admin")) {
      admin.run(command);
    } catch (IOException e) {
      // It was killed.
      return;
    }
  }
}
