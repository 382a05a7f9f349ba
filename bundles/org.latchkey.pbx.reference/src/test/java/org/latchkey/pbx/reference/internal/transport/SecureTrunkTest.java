package org.latchkey.pbx.reference.internal.transport;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.pbx.reference.internal.TestCertificate;

/** A TLS connection to a trunk counts when its handshake is done, and not when TCP stands. */
public class SecureTrunkTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final SipThreads threads = new SipThreads();
  private volatile Instant now = Instant.parse("2026-12-01T10:00:00Z");
  private ServerSocket trunk;
  private SSLContext certificate;
  private Connector connector;

  @Before
  public void openTrunk() throws Exception {
    Path chain = folder.getRoot().toPath().resolve("chain.pem");
    Path key = folder.getRoot().toPath().resolve("key.pem");
    TestCertificate.write(chain, key);
    certificate =
        ((JdkSslContext)
                SslContextBuilder.forServer(chain.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .clientAuth(ClientAuth.NONE)
                    .build())
            .context();
    trunk = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    connector =
        new Connector(
            threads,
            (message, flow) -> {},
            () -> now,
            SslContextBuilder.forClient().trustManager(chain.toFile()));
  }

  @After
  public void closeAll() throws IOException {
    trunk.close();
    threads.close();
  }

  @Test
  public void aConnectionWhoseHandshakeFailsReplacesNone() throws Exception {
    CompletableFuture<Optional<Flow>> good = connect();
    try (Socket standing = trunk.accept()) {
      shakeHands(standing);
      Flow first = good.get(20, TimeUnit.SECONDS).orElseThrow();
      now = now.plusSeconds(31);
      CompletableFuture<Optional<Flow>> next = connect();
      trunk.accept().close();
      assertEquals(first, next.get(20, TimeUnit.SECONDS).orElseThrow());
      assertTrue(first.isOpen());
    }
  }

  @Test
  public void nobodyIsToldOfAConnectionBeforeItsHandshakeIsDone() throws Exception {
    CompletableFuture<Optional<Flow>> good = connect();
    try (Socket standing = trunk.accept()) {
      shakeHands(standing);
      Flow first = good.get(20, TimeUnit.SECONDS).orElseThrow();
      now = now.plusSeconds(31);
      CompletableFuture<Optional<Flow>> next = connect();
      Socket accepted = trunk.accept();
      assertTrue("the hello of TLS is there", accepted.getInputStream().read() >= 0);
      threads.sipThread().submit(() -> {}).get(20, TimeUnit.SECONDS);
      assertFalse(next.isDone());
      accepted.close();
      assertEquals(first, next.get(20, TimeUnit.SECONDS).orElseThrow());
      CompletableFuture<Optional<Flow>> last = connect();
      try (Socket other = trunk.accept()) {
        shakeHands(other);
        assertNotEquals(first, last.get(20, TimeUnit.SECONDS).orElseThrow());
      }
    }
  }

  private void shakeHands(Socket accepted) throws IOException {
    SSLSocket tls = (SSLSocket) certificate.getSocketFactory().createSocket(accepted, null, true);
    tls.setUseClientMode(false);
    tls.startHandshake();
  }

  private CompletableFuture<Optional<Flow>> connect() {
    InetSocketAddress to = new InetSocketAddress(trunk.getInetAddress(), trunk.getLocalPort());
    CompletableFuture<Optional<Flow>> found = new CompletableFuture<>();
    threads
        .sipThread()
        .execute(() -> connector.connect(Transport.TLS, to, "localhost", found::complete));
    return found;
  }
}
