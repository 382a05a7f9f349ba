package org.latchkey.itests.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.SshException;
import org.latchkey.itests.fixture.Commands;
import org.latchkey.itests.fixture.Console;
import org.latchkey.itests.fixture.Door;
import org.latchkey.itests.fixture.ProvisionedKey;

/** The Latchkey that the PBX asks, as an administrator and a phone reach it. */
final class Site implements AutoCloseable {

  private final Options options;
  private final Console console;
  private final Door door;
  private final List<ProvisionedKey> made = new ArrayList<>();
  private int next;

  Site(Options options) throws IOException {
    this.options = options;
    this.next = options.extensions();
    this.console =
        Console.connect(
            options.console().host(), options.console().port(), options.user(), options.identity());
    this.door =
        Door.at(
            URI.create("https://" + options.door().host() + ':' + options.door().port()),
            options.ca());
  }

  /** Refuses to go on when an extension that would be used is somebody's. */
  void ownExtensions(int count) throws IOException {
    for (Object phone : JSON.std.listFrom(shell("latchkey:phones --json"))) {
      Map<?, ?> fields = (Map<?, ?>) phone;
      String user = fields.get("aor").toString().replaceFirst("^sip:", "").split("@", -1)[0];
      boolean ours =
          user.matches("[0-9]{1,9}")
              && Integer.parseInt(user) >= next
              && Integer.parseInt(user) < next + count;
      if (ours && !Boolean.TRUE.equals(fields.get("revoked"))) {
        throw new IllegalArgumentException(
            "extension " + user + " is in use; give --extensions the first of " + count + " free");
      }
    }
  }

  /** A key for the next extension. */
  ProvisionedKey key() throws IOException {
    return key(extension(), "MD5");
  }

  /** A key for the next extension that accepts nothing less than SHA-256. */
  ProvisionedKey sha256Key() throws IOException {
    return key(extension(), "SHA-256");
  }

  /** Another key for the same AOR. */
  ProvisionedKey another(ProvisionedKey key) throws IOException {
    return key(user(key), "MD5");
  }

  private String extension() {
    return Integer.toString(next++);
  }

  private ProvisionedKey key(String extension, String algorithm) throws IOException {
    String code = ProvisionedKey.code(shell("latchkey:enrol " + extension));
    Map<String, String> fields = new HashMap<>();
    fields.put("code", code);
    fields.put("algorithm", algorithm);
    ProvisionedKey key = ProvisionedKey.of(door.ask(fields));
    made.add(key);
    return key;
  }

  /** The user of a key's AOR. */
  static String user(ProvisionedKey key) {
    return key.aor().substring(0, key.aor().indexOf('@'));
  }

  void revoke(ProvisionedKey key) throws IOException {
    shell("latchkey:revoke " + key.credentials().keyIdentifier());
    made.remove(key);
  }

  void hold(ProvisionedKey key) throws IOException {
    shell("latchkey:hold " + key.credentials().keyIdentifier() + " --reason conformance");
  }

  void release(ProvisionedKey key) throws IOException {
    shell("latchkey:release " + key.credentials().keyIdentifier());
  }

  /** Restarts the provider, as an update does. */
  void swap() throws IOException {
    shell("bundle:restart " + options.bundles());
  }

  /** Takes the provider away. */
  void gone() throws IOException {
    if (options.command("gone").isPresent()) {
      here(options.command("gone").get());
    } else {
      shell("bundle:stop " + options.bundles());
    }
  }

  /** Brings it back. */
  void back() throws IOException {
    if (options.command("back").isPresent()) {
      here(options.command("back").get());
    } else {
      shell("bundle:start " + options.bundles());
    }
  }

  /** Lets the provider hang, or go on, by a command of this machine. */
  void command(String name) throws IOException, Case.NotTriedException {
    here(
        options
            .command(name)
            .orElseThrow(
                () ->
                    new Case.NotTriedException(
                        "give --hang and --resume, commands of this machine")));
  }

  private static void here(String command) throws IOException {
    Commands.run(Duration.ofSeconds(60), List.of("/bin/sh", "-c", command));
  }

  private String shell(String command) throws IOException {
    try {
      return console.run(command).orFail(command);
    } catch (SshException e) {
      throw new IOException(
          "no console of Latchkey at "
              + options.console().host()
              + ':'
              + options.console().port()
              + " for "
              + options.user()
              + ": start it, or say where with --console, --user and --identity ("
              + e.getMessage()
              + ')',
          e);
    }
  }

  /** Revokes what it made. */
  @Override
  public void close() throws IOException {
    try {
      for (ProvisionedKey key : List.copyOf(made)) {
        revoke(key);
      }
    } finally {
      console.close();
    }
  }
}
