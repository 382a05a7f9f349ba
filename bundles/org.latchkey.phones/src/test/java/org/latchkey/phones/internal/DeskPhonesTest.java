package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.phone.PhoneProfile;

/** Profiles as services, while a site edits its folder. */
public class DeskPhonesTest {

  @Rule public final TemporaryFolder etc = new TemporaryFolder();

  private final List<String> events = new ArrayList<>();
  private final List<PhoneProfile> offered = new ArrayList<>();
  private Path folder = Path.of("");
  private DeskPhones phones = none();

  @Before
  public void start() {
    folder = etc.getRoot().toPath().resolve("org.latchkey.phones");
    phones = started();
  }

  @After
  public void stop() {
    phones.close();
  }

  @Test
  public void withoutAFolderThereIsWhatLatchkeyBrings() {
    assertEquals(Shelf.BUILT_IN, offered.stream().map(PhoneProfile::name).toList());
    assertTrue(events.contains("+yealink 10"));
    assertTrue("it is asked last", events.contains("+generic -10"));
    assertEquals(List.of(), phones.status());
  }

  @Test
  public void anEditedProfileIsOfferedBeforeTheOldOneIsTakenBack() throws IOException {
    events.clear();
    write("snom.profile", "[settings]\nsrtp = offered\n");
    write("acme.profile", "[profile]\nuser-agent = ^Acme\n");
    phones.look();
    assertEquals(List.of("+snom 10", "+acme 20", "-snom"), events);
    events.clear();
    phones.look();
    assertEquals("nothing changed", List.of(), events);
    Files.delete(folder.resolve("acme.profile"));
    phones.look();
    assertEquals(List.of("-acme"), events);
  }

  @Test
  public void aBadFileIsAFaultInTheStatusUntilItIsMended() throws IOException {
    write("snom.profile", "[settings]\nsrtp = maybe\n");
    write("yealink.profile", "x".repeat(64 * 1024 + 1));
    Files.write(folder.resolve("poly.profile"), new byte[] {'#', (byte) 0xff});
    write("snom.profile~", "an editor's copy");
    phones.look();
    assertEquals(3, phones.status().size());
    String status = phones.status().toString();
    assertTrue(
        status, status.contains("snom.profile line 2: srtp is one of off, offered, required"));
    assertTrue(status, status.contains("yealink.profile has more than 65536 bytes"));
    assertTrue(status, status.contains("poly.profile is not written in UTF-8"));
    write("snom.profile", "[settings]\nsrtp = offered\n");
    Files.delete(folder.resolve("yealink.profile"));
    Files.delete(folder.resolve("poly.profile"));
    phones.look();
    assertEquals(List.of(), phones.status());
  }

  @Test
  public void aFolderThatIsAFileTakesNothingAway() throws IOException {
    Files.writeString(folder, "x");
    phones.look();
    assertEquals(Shelf.BUILT_IN, offered.stream().map(PhoneProfile::name).toList());
    Files.delete(folder);
  }

  @Test
  public void afterTheEndNothingIsOffered() {
    phones.close();
    assertEquals(List.of(), offered);
    assertFalse(events.isEmpty());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), text);
  }

  private DeskPhones started() {
    return new DeskPhones(
        new ProfileFolder(folder),
        PhoneSettings.STANDARD,
        (profile, ranking) -> {
          events.add("+" + profile.name() + ' ' + ranking);
          offered.add(profile);
          return () -> {
            events.add("-" + profile.name());
            offered.remove(profile);
          };
        },
        Duration.ofHours(1));
  }

  private static DeskPhones none() {
    return new DeskPhones(
        new ProfileFolder(Path.of("nowhere")),
        PhoneSettings.STANDARD,
        (profile, rank) -> () -> {},
        Duration.ofHours(1));
  }
}
