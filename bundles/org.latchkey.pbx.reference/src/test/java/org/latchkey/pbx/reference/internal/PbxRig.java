package org.latchkey.pbx.reference.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.latchkey.admission.DestinationsSetting;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.pbx.reference.internal.call.MoveCode;
import org.latchkey.pbx.reference.internal.call.PermittedCalls;
import org.latchkey.pbx.reference.internal.call.TrunkSources;
import org.latchkey.pbx.reference.internal.transport.ListenerSpec;
import org.latchkey.pbx.reference.internal.transport.Transport;

/**
 * A PBX on free ports of the loopback interface. Its {@code main} stays up on fixed ports, for test
 * peers that are programs of their own.
 */
final class PbxRig implements AutoCloseable {

  static final String DOMAIN = "example.org";

  final TestServices services;
  volatile InstantSource clock;
  final Pbx pbx;
  private volatile PermittedCalls permitted;

  PbxRig() {
    this(0, 0, 0, 0, Path.of("none.pem"), Path.of("none.key"), "sip:112@example.org");
  }

  PbxRig(String emergencyTarget) {
    this(0, 0, 0, 0, Path.of("none.pem"), Path.of("none.key"), emergencyTarget);
  }

  PbxRig(int udp, int tcp, int tls, int tlsSha256, Path chain, Path key, String emergencyTarget) {
    this(
        udp,
        tcp,
        tls,
        tlsSha256,
        chain,
        key,
        emergencyTarget,
        noFile(),
        Clock.systemUTC(),
        new TestServices());
  }

  /** One that keeps its registrations in a file, on this UDP port, by this clock. */
  PbxRig(int udp, Path registrations, InstantSource clock, TestServices services) {
    this(
        udp,
        0,
        0,
        0,
        Path.of("none.pem"),
        Path.of("none.key"),
        "sip:112@example.org",
        registrations,
        clock,
        services);
  }

  private PbxRig(
      int udp,
      int tcp,
      int tls,
      int tlsSha256,
      Path chain,
      Path key,
      String emergencyTarget,
      Path registrations,
      InstantSource clock,
      TestServices services) {
    this.services = services;
    this.clock = clock;
    permitted = permitted(emergencyTarget);
    Settings settings =
        new Settings(
            "latchkey",
            Set.of(DOMAIN),
            DOMAIN,
            List.of(
                new ListenerSpec(Transport.UDP, "127.0.0.1", udp, DigestAlgorithm.MD5),
                new ListenerSpec(Transport.TCP, "127.0.0.1", tcp, DigestAlgorithm.MD5),
                new ListenerSpec(Transport.TLS, "127.0.0.1", tls, DigestAlgorithm.MD5),
                new ListenerSpec(Transport.TLS, "127.0.0.1", tlsSha256, DigestAlgorithm.SHA_256)),
            TrunkSources.of(List.of()),
            chain,
            key,
            20,
            10_000,
            1_000,
            200,
            50_000,
            50,
            1_000,
            new MoveCode("*99"));
    pbx = new Pbx(services, settings, () -> permitted, () -> this.clock.instant(), registrations);
    try {
      pbx.apply(settings).get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Path noFile() {
    try {
      Path folder = Files.createTempDirectory("registrations");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("registrations");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes calls of these trunks from now on. */
  void trunks(String... entries) {
    trunks(pbx.settings().maxCalls(), pbx.settings().maxCallsPerTrunk(), entries);
  }

  /** Takes so many calls of phones and of each of these trunks from now on. */
  void trunks(int maxCalls, int maxCallsPerTrunk, String... entries) {
    int perPhone = pbx.settings().maxCallsPerPhone();
    limits(TrunkSources.of(List.of(entries)), maxCalls, perPhone, maxCallsPerTrunk);
  }

  /** Takes so many calls of one phone from now on. */
  void callsPerPhone(int most) {
    Settings now = pbx.settings();
    limits(now.trunks(), now.maxCalls(), most, now.maxCallsPerTrunk());
  }

  private void limits(TrunkSources trunks, int maxCalls, int perPhone, int perTrunk) {
    Settings now = pbx.settings();
    Settings changed =
        new Settings(
            now.realm(),
            now.domains(),
            now.telDomain(),
            now.listeners(),
            trunks,
            now.certificate(),
            now.key(),
            now.maxRingingSeconds(),
            maxCalls,
            perPhone,
            perTrunk,
            now.maxRegistrations(),
            now.connectionsPerSource(),
            now.connections(),
            now.moveCode());
    pbx.apply(changed).join();
  }

  /** Leads emergency calls to a trunk from now on. */
  void emergencyAt(TestPhone trunk) {
    permitted = permitted(trunk.contact());
  }

  /** Leads emergency calls to this URI from now on. */
  void emergencyAt(String uri) {
    permitted = permitted(uri);
  }

  /** Takes another short code of users who move from now on. */
  void moveCode(String prefix) {
    Settings now = pbx.settings();
    Settings changed =
        new Settings(
            now.realm(),
            now.domains(),
            now.telDomain(),
            now.listeners(),
            now.trunks(),
            now.certificate(),
            now.key(),
            now.maxRingingSeconds(),
            now.maxCalls(),
            now.maxCallsPerPhone(),
            now.maxCallsPerTrunk(),
            now.maxRegistrations(),
            now.connectionsPerSource(),
            now.connections(),
            new MoveCode(prefix));
    pbx.apply(changed).join();
  }

  /** Leads these numbers to a trunk, as emergency calls, from now on. */
  void emergencyAt(TestPhone trunk, List<String> numbers) {
    List<String> entries = numbers.stream().map(one -> one + '=' + trunk.contact()).toList();
    permitted =
        PermittedCalls.of(
            new DestinationsSetting(
                entries, List.of("7000=" + trunk.contact()), List.of(), List.of("127.0.0.0/8")),
            2,
            8);
  }

  static PermittedCalls permitted(String emergencyTarget) {
    return PermittedCalls.of(
        new DestinationsSetting(
            List.of(
                "112=" + emergencyTarget,
                "911=" + emergencyTarget,
                "urn:service:sos=" + emergencyTarget),
            List.of("7000=sip:7000@example.org"),
            List.of(),
            List.of("127.0.0.0/8")),
        2,
        8);
  }

  InetSocketAddress udp() {
    return address(Transport.UDP, DigestAlgorithm.MD5);
  }

  InetSocketAddress tcp() {
    return address(Transport.TCP, DigestAlgorithm.MD5);
  }

  InetSocketAddress address(Transport transport, DigestAlgorithm algorithm) {
    return pbx.listeners().address(transport, algorithm).orElseThrow();
  }

  @Override
  public void close() {
    pbx.close();
  }

  /** Stays up until the process is ended. */
  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args[0]);
    try (PbxRig rig =
        new PbxRig(
            5060,
            5060,
            5061,
            5071,
            folder.resolve("server.pem"),
            folder.resolve("server.key"),
            args[1])) {
      System.out.println(rig.pbx.listeners().descriptions());
      CountDownLatch forever = new CountDownLatch(1);
      while (!forever.await(5, TimeUnit.SECONDS)) {
        System.out.println(rig.pbx.callCount() + " " + rig.pbx.bindings().size() + " AORs");
      }
    }
  }
}
