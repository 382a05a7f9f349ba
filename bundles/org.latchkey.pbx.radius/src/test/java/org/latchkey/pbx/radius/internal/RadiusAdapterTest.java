package org.latchkey.pbx.radius.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.status.StatusLine;

/** The adapter says how it is, and takes a client's packets with that client's secret only. */
public class RadiusAdapterTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private static String words(List<StatusLine> lines) {
    StringBuilder all = new StringBuilder();
    lines.forEach(line -> all.append(line.level()).append(' ').append(line.words()).append('\n'));
    return all.toString();
  }

  private RadiusAdapter adapter(Map<String, ?> set) {
    return new RadiusAdapter(
        RadiusSettings.of(RadiusSettingsTest.set(set)),
        temporary.getRoot().toPath(),
        Clock.systemUTC());
  }

  private void share(String client) throws Exception {
    Path file = SharedSecret.fileOf(temporary.getRoot().toPath(), client);
    Files.createDirectories(file.getParent());
    Files.write(file, Question.SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 2_000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(5_000_000);
    }
    assertTrue(condition.getAsBoolean());
  }

  @Test
  public void withoutClientsItIsOffAndSaysSo() {
    try (RadiusAdapter adapter = adapter(Map.of())) {
      assertEquals(
          "OK No PBX is named in etc/org.latchkey.pbx.radius.cfg: it is off\n",
          words(adapter.status()));
    }
  }

  @Test
  public void aMissingSecretIsAFaultAndBlastRadiusIsNamed() throws Exception {
    share("far");
    share("near");
    try (RadiusAdapter adapter =
        adapter(
            Map.of(
                "port", 0,
                "clients", new String[] {"new=192.0.2.1,far=192.0.2.2,near=127.0.0.1"},
                "withoutMessageAuthenticator", new String[] {"far,near"}))) {
      String words = words(adapter.status());
      assertTrue(words, words.startsWith("FAULT new is not answered"));
      assertTrue(words, words.contains("WARNING far sends no Message-Authenticator"));
      assertTrue(words, words.contains("OK near sends no Message-Authenticator"));
      assertTrue(words.contains("Blast-RADIUS"));
    }
  }

  @Test
  public void packetsThatAreNeverAuthenticAreAWarning() throws Exception {
    share("near");
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RadiusAdapter adapter =
            adapter(Map.of("port", port, "clients", new String[] {"near=127.0.0.1"}));
        DatagramSocket pbx = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      byte[] packet = Question.ofPhone().unauthenticated().draft();
      await(
          () -> {
            send(pbx, packet, port);
            return words(adapter.status()).contains("of near is an authentic question");
          });
    }
  }

  private static void send(DatagramSocket socket, byte[] packet, int port) {
    try {
      socket.send(
          new DatagramPacket(
              packet,
              packet.length,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
