package org.latchkey.shell.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.console.Session;
import org.latchkey.key.Secret;

/** A secret that somebody types. */
public final class TypedSecret {

  private static final int MOST_BYTES = 1_024;

  private TypedSecret() {}

  /** A line without echo from a terminal, or from a pipe where there is none; empty at its end. */
  public static Secret read(Session session, String prompt) throws IOException {
    return session.getTerminal() != null
        ? Secret.ofText(session.readLine(prompt, '\0'))
        : line(session.getKeyboard());
  }

  private static Secret line(InputStream in) throws IOException {
    Line line = new Line();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.size() < MOST_BYTES) {
      if (next != '\r') {
        line.write(next);
      }
      next = in.read();
    }
    return line.toSecret();
  }

  /** Bytes that become a secret, of which nothing stays behind. */
  private static final class Line extends ByteArrayOutputStream {
    Line() {
      super(MOST_BYTES);
    }

    synchronized Secret toSecret() {
      byte[] exact = toByteArray();
      Secret secret = Secret.copyOf(exact);
      Arrays.fill(exact, (byte) 0);
      Arrays.fill(buf, (byte) 0);
      return secret;
    }
  }
}
