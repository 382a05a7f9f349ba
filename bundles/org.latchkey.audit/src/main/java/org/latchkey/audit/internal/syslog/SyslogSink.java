package org.latchkey.audit.internal.syslog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each record to a syslog collector over TLS, when one is configured. Syslog has no receipt:
 * what was sent is not known to have arrived, so this is a copy and no archive.
 */
@Component(
    service = SyslogSink.class,
    immediate = true,
    configurationPid = "org.latchkey.audit.syslog")
@Designate(ocd = SyslogConfiguration.class)
public final class SyslogSink implements AuditSink, StatusSource, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SyslogSink.class);
  private static final int CONNECT_MILLIS = 1_500;
  private static final int WRITE_SECONDS = 10;
  private static final int CLOSE_SECONDS = 1;

  /** A collector that failed is left alone so long, however often it is asked for. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final SyslogTarget target;
  private final Sent sent = new Sent(Clock.systemUTC());
  private final @Nullable ServiceRegistration<?> registration;
  private volatile Socket tcp = new Socket();
  private volatile @Nullable SSLSocket tls;
  private volatile boolean closed;
  private @Nullable AuditUnavailableException failure;
  private long failedNanos;

  /** Offers itself as a sink if a collector is configured. */
  @Activate
  public SyslogSink(SyslogConfiguration settings, BundleContext context) {
    this.target = SyslogTarget.of(settings);
    this.registration =
        target.host().isBlank()
            ? null
            : context.registerService(
                new String[] {AuditSink.class.getName(), StatusSource.class.getName()}, this, null);
  }

  SyslogSink(SyslogTarget target) {
    this.target = target;
    this.registration = null;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public String part() {
    return "syslog";
  }

  @Override
  public List<StatusLine> status() {
    return sent.lines();
  }

  @Override
  public void write(List<ChainedRecord> records) {
    AuditUnavailableException last = failure;
    if (last != null && System.nanoTime() - failedNanos < PAUSE.toNanos()) {
      throw last;
    }
    failure = null;
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    records.forEach(r -> frames.writeBytes(SyslogMessage.frame(r, target.nodeName())));
    try {
      SSLSocket open = connected();
      sent.add(records);
      Cut cut = new Cut(tcp, WRITE_SECONDS);
      try {
        open.getOutputStream().write(frames.toByteArray());
        open.getOutputStream().flush();
      } finally {
        cut.callOff();
      }
    } catch (IOException e) {
      sent.lost();
      disconnect();
      failedNanos = System.nanoTime();
      failure =
          new AuditUnavailableException(
              "the collector %s:%d: %s".formatted(target.host(), target.port(), e.getMessage()), e);
      throw failure;
    }
  }

  private SSLSocket connected() throws IOException {
    SSLSocket open = tls;
    if (open != null && isOpen(open)) {
      return open;
    }
    sent.lost();
    disconnect();
    SSLContext trust =
        TlsTrust.of(target.authoritiesFile(), target.keyStoreFile(), target.keyStorePasswordFile());
    tcp = new Socket();
    tcp.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLIS);
    tcp.setSoTimeout(CONNECT_MILLIS);
    SSLSocket fresh =
        (SSLSocket) trust.getSocketFactory().createSocket(tcp, target.host(), target.port(), true);
    tls = fresh;
    SSLParameters parameters = fresh.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    fresh.setSSLParameters(parameters);
    fresh.startHandshake();
    if (closed) {
      throw new IOException("it has been stopped");
    }
    return fresh;
  }

  /** A collector says nothing: whatever can be read from it is the end of the connection. */
  private static boolean isOpen(SSLSocket open) throws IOException {
    open.setSoTimeout(1);
    try {
      return open.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Says good-bye, as RFC 5425 wants it, unless the collector takes nothing any more. */
  private void disconnect() {
    SSLSocket open = tls;
    tls = null;
    if (open != null) {
      Cut cut = new Cut(tcp, CLOSE_SECONDS);
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("The connection to the collector was gone already", e);
      } finally {
        cut.callOff();
      }
    }
  }

  /** Withdraws itself and ends the connection. */
  @Override
  @Deactivate
  public void close() {
    closed = true;
    if (registration != null) {
      registration.unregister();
    }
    disconnect();
  }
}
