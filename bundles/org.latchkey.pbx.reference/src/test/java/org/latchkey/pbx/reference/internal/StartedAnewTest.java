package org.latchkey.pbx.reference.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.pbx.reference.internal.message.SipMessage;

/** A PBX that was started anew reaches the phones on UDP that it knew, and trusts nothing more. */
public class StartedAnewTest {

  private static final String CALLED = "sip:1002@example.org";
  private static final Duration LONG = Duration.ofMinutes(12);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final TestServices services = new TestServices();
  private Path file;
  private int phonePort;

  @Before
  public void nameFile() {
    file = folder.getRoot().toPath().resolve("latchkey").resolve("registrations");
  }

  @Test
  public void aPhoneIsCalledThatHasNotRegisteredAgain() throws IOException {
    int port = registered();
    try (PbxRig rig = rig(port);
        TestPhone phone = here(rig);
        TestPhone caller = TestPhone.tcp("1001", rig).registered()) {
      assertEquals(1, phonesOn(rig, "UDP"));
      SipMessage invite = caller.invite(CALLED).build();
      caller.send(invite);
      phone.isRungBy(invite);
    }
  }

  @Test
  public void oneWhoseKeyWasRevokedMeanwhileIsNot() throws IOException {
    int port = registered();
    services.revoked.add("k1002");
    try (PbxRig rig = rig(port);
        TestPhone caller = TestPhone.tcp("1001", rig).registered()) {
      caller.send(caller.invite(CALLED).build());
      assertEquals(480, caller.finalAnswer().status());
    }
    assertFalse(Files.readString(file).contains("k1002"));
  }

  @Test
  public void norOneWhileNobodyKnowsWhatWasRevoked() throws IOException {
    int port = registered();
    services.keys = Optional.empty();
    try (PbxRig rig = rig(port)) {
      assertEquals(0, rig.pbx.bindings().size());
    }
    assertTrue("it is not forgotten", Files.readString(file).contains("k1002"));
    try (PbxRig rig = rig(port)) {
      services.keys = Optional.of(new TestKeys(services.revoked));
      looks(rig);
      assertEquals(1, rig.pbx.bindings().size());
    }
    assertTrue(Files.readString(file).contains("k1002"));
  }

  @Test
  public void norOneWhoseTimeIsOver() throws IOException {
    int port = registered();
    InstantSource later = () -> Clock.systemUTC().instant().plus(LONG);
    try (PbxRig rig = new PbxRig(port, file, later, services)) {
      assertEquals(0, rig.pbx.bindings().size());
    }
    InstantSource earlier = () -> Clock.systemUTC().instant().minus(LONG);
    int again = registered();
    try (PbxRig rig = new PbxRig(again, file, earlier, services)) {
      assertEquals("by a clock that went back nothing is known", 0, rig.pbx.bindings().size());
    }
  }

  @Test
  public void theFileIsItsOwnersOnlyAndADamagedOneIsNotBelieved() throws IOException {
    int port = registered();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String text = Files.readString(file);
    assertFalse(text.contains("secret"));
    Files.writeString(file, text.replace("127.0.0.1", "phone.example.org"));
    try (PbxRig rig = rig(port)) {
      assertEquals(0, rig.pbx.bindings().size());
    }
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    try (PbxRig rig = rig(port)) {
      assertEquals(0, rig.pbx.bindings().size());
    }
  }

  private PbxRig rig(int port) {
    return new PbxRig(port, file, Clock.systemUTC(), services);
  }

  /** The phone at the address that it registered from. */
  private TestPhone here(PbxRig rig) throws IOException {
    return new TestPhone("1002", to -> Wires.udp(rig.udp(), to, phonePort));
  }

  private static long phonesOn(PbxRig rig, String transport) {
    return rig.pbx.registrations().stream().filter(r -> r.transport().equals(transport)).count();
  }

  /** A PBX at which a phone on UDP registers, and which ends; the port it had. */
  private int registered() throws IOException {
    try (PbxRig rig = rig(0);
        TestPhone phone = TestPhone.udp("1002", rig).registered();
        TestPhone onConnection = TestPhone.tcp("1003", rig).registered()) {
      phonePort = phone.port();
      assertEquals(2, rig.pbx.bindings().size());
      assertTrue(onConnection.port() > 0);
      return rig.udp().getPort();
    }
  }

  /** Lets the PBX look at once. */
  private static void looks(PbxRig rig) {
    rig.pbx.apply(rig.pbx.settings()).join();
  }
}
