package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Await;
import org.latchkey.itests.fixture.Baresip;
import org.latchkey.itests.fixture.DeskPhone;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.Linphone;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.Sounds;
import org.latchkey.itests.fixture.ToldPhone;

/** Phones that move to the next generation's keys without a hand on them. */
public final class ResyncIT {

  private static final Duration REGISTERS = Duration.ofSeconds(40);

  private static LatchkeyNode node;
  private static Door door;

  @BeforeClass
  public static void start() throws IOException {
    node = LatchkeyNode.unpacked();
    node.set("org.latchkey.keyagent", "checkSyncsPerSecond", "100");
    Path profiles = Files.createDirectories(node.home().resolve("etc/org.latchkey.phones"));
    // baresip asks name servers, and never the file that knows localhost.
    Files.writeString(
        profiles.resolve("baresip.profile"),
        "[content accounts]\noutbound = sip:127.0.0.1:{port};transport={transport}\n");
    node.start();
    node.awaitStore();
    door = Door.of(node);
  }

  @AfterClass
  public static void end() {
    node.close();
  }

  @Test
  public void everyPhoneMovesToTheNextKeyWhileTheOldOneWorks() throws Exception {
    List<ToldPhone> desks = new ArrayList<>();
    try (Sounds sounds = Sounds.of("linphone", "baresip", "alerts");
        Soft soft = new Soft(sounds)) {
      Set<String> families = new HashSet<>();
      for (DeskPhone phone : DeskPhone.all()) {
        if (families.add(phone.profile())) {
          String user = String.valueOf(3201 + desks.size());
          String code = code("latchkey:enrol %s --device %s".formatted(user, phone.mac()));
          desks.add(ToldPhone.registered(phone, code, door, node));
        }
      }
      soft.awaitRegistered();
      assertTrue(node.shell("latchkey:rotate").contains("Generation 2 issues"));
      for (ToldPhone desk : desks) {
        moves(desk);
      }
      anAdministratorHasOneFetchAtOnce(desks);
      assertEquals(Set.of(1), generations("3290"));
      assertEquals(Set.of(1), generations("3291"));
      soft.startAgain();
      assertTrue(node.shell("latchkey:retire 1").contains("No phone was left on it."));
    } finally {
      desks.forEach(ToldPhone::close);
    }
  }

  private static void moves(ToldPhone desk) throws Exception {
    String id = desk.phone().id();
    String event =
        switch (desk.phone().profile()) {
          case "snom" -> desk.obeyWhoKnowsItsKey(401, "MD5");
          case "cisco-mpp" -> desk.obeyWhoKnowsItsKey(401, "SHA-256");
          case "grandstream" -> desk.obeyWhoKnowsItsKey(407, "MD5");
          default -> desk.obey();
        };
    assertEquals(id, event(desk), event);
    ProvisionedKey old = desk.key();
    desk.registerWith(old);
    desk.fetchAgain();
    assertNotEquals(
        id, old.credentials().keyIdentifier(), desk.key().credentials().keyIdentifier());
    assertNotEquals(id, old.credentials().secret(), desk.key().credentials().secret());
    assertEquals(id, old.aor(), desk.key().aor());
    desk.registerWith(old);
    desk.register();
    desk.registerWith(old);
    desk.register();
  }

  private static void anAdministratorHasOneFetchAtOnce(List<ToldPhone> desks) throws Exception {
    for (ToldPhone desk : desks) {
      if (Set.of("snom", "htek").contains(desk.phone().profile())) {
        String said = node.shell("latchkey:check-sync " + desk.phone().mac());
        assertTrue(said, said.contains("Sent " + event(desk) + " to 1 registration of "));
        boolean asks = desk.phone().profile().equals("snom");
        assertEquals(event(desk), asks ? desk.obeyWhoKnowsItsKey(401, "MD5") : desk.obey());
        String audit = node.shell("latchkey:audit --action phone.check-sync --limit 1");
        assertTrue(audit, audit.contains(desk.key().credentials().keyIdentifier()));
      }
    }
  }

  /** What each vendor's documents name. */
  private static String event(ToldPhone desk) {
    return switch (desk.phone().profile()) {
      case "yealink", "snom" -> "check-sync;reboot=false";
      case "htek" -> "resync";
      default -> "check-sync";
    };
  }

  /** The generations of the keys that an extension is registered with. */
  private static Set<Integer> generations(String extension) throws IOException {
    Set<Integer> found = new TreeSet<>();
    for (Object phone :
        JSON.std.listFrom(node.shell("latchkey:phones --all --json " + extension))) {
      Map<?, ?> facts = (Map<?, ?>) phone;
      if (!((List<?>) facts.get("registrations")).isEmpty()) {
        found.add((Integer) facts.get("generation"));
      }
    }
    return found;
  }

  private static String code(String command) throws IOException {
    return ProvisionedKey.code(node.shell(command));
  }

  /** The phones that no event makes fetch: linphone, and baresip in its wrapper. */
  private static final class Soft implements AutoCloseable {
    private Linphone linphone;
    private Baresip baresip;

    Soft(Sounds sounds) throws IOException {
      String provision = "https://localhost:" + node.port("https") + "/provision/";
      Path ca = node.file("tls/ca.pem");
      linphone =
          Linphone.started(
              provision + "linphone/" + code("latchkey:enrol 3290") + ".xml", ca, sounds);
      baresip =
          Baresip.wrapped(
              provision + "baresip/" + code("latchkey:enrol 3291") + "/accounts", ca, sounds);
    }

    void awaitRegistered() {
      linphone.awaitRegistered(REGISTERS);
      baresip.awaitRegistered(REGISTERS);
    }

    void startAgain() throws IOException {
      String before = baresip.accounts();
      baresip = baresip.wrappedAgain();
      linphone = linphone.restarted();
      for (String extension : List.of("3290", "3291")) {
        Await.until(extension + " has moved", REGISTERS, () -> generations(extension).contains(2));
      }
      assertFalse(before.equals(baresip.accounts()));
    }

    @Override
    public void close() throws IOException {
      linphone.close();
      baresip.close();
    }
  }
}
