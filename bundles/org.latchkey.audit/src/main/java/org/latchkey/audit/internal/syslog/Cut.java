package org.latchkey.audit.internal.syslog;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a TCP connection after some seconds unless that is called off before. Java has no time
 * limit for writing to a socket, and closing a TLS socket waits for whoever writes to it.
 */
final class Cut {

  private static final Logger LOG = LoggerFactory.getLogger(Cut.class);

  private final CompletableFuture<Void> task;

  Cut(Socket tcp, int seconds) {
    task =
        CompletableFuture.runAsync(
            () -> cut(tcp), CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
  }

  private static void cut(Socket tcp) {
    try {
      tcp.close();
    } catch (IOException e) {
      LOG.debug("The connection to the collector was gone already", e);
    }
  }

  /** The connection may stay. */
  void callOff() {
    boolean unused = task.cancel(false);
  }
}
