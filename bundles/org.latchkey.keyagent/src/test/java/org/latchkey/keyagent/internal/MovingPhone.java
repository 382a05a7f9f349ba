package org.latchkey.keyagent.internal;

import static org.latchkey.keyagent.internal.TestSite.issued;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.latchkey.key.Enrolment;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentWindows;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;
import org.latchkey.key.PhoneMoves.Outcome;
import org.latchkey.key.Secret;
import org.latchkey.pbx.Registration;

/** A site where strangers' phones are let in and dial PINs. */
final class MovingPhone implements AutoCloseable {

  final TestSite site;
  private final WindowDesk windows;
  MoveDesk desk;
  private int strangers;

  MovingPhone(TestSite site) {
    this.site = site;
    site.neighbours.profiles().add(new OneFamily("json", 1));
    windows = new WindowDesk(site.parts);
    desk = new MoveDesk(site.parts, Duration.ofMillis(20));
  }

  /** All but store and files are gone, and come again. */
  void restart() {
    desk.close();
    site.start();
    desk = new MoveDesk(site.parts, Duration.ofMillis(20));
  }

  /** A phone that nobody knows comes in the open window, registers and is held. */
  IssuedKey stranger() {
    windows.open(
        EnrolmentWindows.Kind.ANYBODY, Duration.ofMinutes(30), OptionalInt.of(100), "anna");
    String mac = "805ec00002" + (10 + strangers++);
    InventoryPhone phone = new InventoryPhone(site, mac, "10.0.2.1", List.of(), "json");
    IssuedKey key = issued(phone.fetches());
    uses(key, "127.0.0.1");
    return key;
  }

  /** A phone registers with a key, from an address. */
  void uses(IssuedKey key, String address) {
    site.store.registered(key.keyIdentifier(), site.now());
    site.pbx.live.add(
        new Registration(
            key.record().aor(),
            "sip:desk@" + address,
            key.keyIdentifier(),
            "TLS",
            address + ":5062",
            "",
            site.now(),
            site.now().plusSeconds(3600)));
  }

  /** Who has its login asks from an address. */
  IssueResult asks(IssuedKey key, String address) {
    try {
      return site.issuer.issue(
          KeyRequest.from(InetAddress.getByName(address), "json")
              .login(key.keyIdentifier(), key.provisioningPassword())
              .build());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  NewEnrolment pinOf(String extension) {
    return site.enrol(extension, null, CodeKind.PIN);
  }

  static Secret digits(NewEnrolment pin) {
    return pin.code().orElseThrow();
  }

  /** Eight other digits. */
  static Secret wrong(NewEnrolment pin) {
    String right = TestSite.text(digits(pin));
    return Secret.ofText((right.charAt(0) == '9' ? '0' : '9') + right.substring(1));
  }

  Outcome dials(IssuedKey phone, String extension, Secret given) {
    try {
      return desk.move(phone.keyIdentifier(), InetAddress.getLoopbackAddress(), extension, given)
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  Enrolment kept(NewEnrolment pin) {
    return Optional.ofNullable(site.store.enrolments.get(pin.enrolment().id())).orElseThrow();
  }

  /** The successor registers, and the agent hears of it. */
  void registers(IssuedKey key) {
    uses(key, "127.0.0.1");
    site.parts.moves().tick();
  }

  /** The reason of the last refusal, as evidence has it. */
  String reason() {
    synchronized (site.audit) {
      return site.audit.entries.stream()
          .filter(entry -> entry.action().equals("pin.refused"))
          .reduce((first, last) -> last)
          .orElseThrow()
          .detail();
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
