package org.latchkey.shell.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.latchkey.custody.Custodian;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.LatchkeyCommand;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.Printout;

/** Opens sealed master keys. */
@Service
@Command(
    scope = "latchkey",
    name = "unseal",
    description = "Open the sealed master keys with their passphrase or PIN, which is asked for")
public final class UnsealCommand extends LatchkeyCommand {

  private static final int MOST_BYTES = 1_024;

  @Override
  public void run(Parts parts, Printout out) {
    Custodian custodian = parts.require(Custodian.class);
    try (Secret typed = typed(session())) {
      if (typed.length() == 0) {
        throw new RequestRefusedException("Nothing was done: no passphrase was typed.");
      }
      custodian.unseal(typed, actor());
    } catch (IOException e) {
      throw new RequestRefusedException(
          "Nothing was done: the passphrase could not be read. Type latchkey:unseal on a console.");
    }
    out.line("Unsealed: keys are issued and checked.");
  }

  /** A line without echo from a terminal, or from a pipe where there is none. */
  private static Secret typed(Session session) throws IOException {
    return session.getTerminal() != null
        ? Secret.ofText(session.readLine("Passphrase or PIN: ", '\0'))
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
