package org.latchkey.registrar.internal;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.latchkey.key.Aor;
import org.latchkey.pbx.PbxControl;
import org.latchkey.pbx.Registration;

/** A PBX of the node, with phones that are registered. */
final class FakePbx implements PbxControl {

  final List<String> registered = new CopyOnWriteArrayList<>();
  final LinkedBlockingQueue<String> dropped = new LinkedBlockingQueue<>();
  private final String realm;

  FakePbx(String realm) {
    this.realm = realm;
  }

  @Override
  public String name() {
    return "pbx";
  }

  @Override
  public String realm() {
    return realm;
  }

  @Override
  public List<String> listeners() {
    return List.of("udp " + new InetSocketAddress(5060));
  }

  @Override
  public List<Registration> registrations() {
    return registered.stream()
        .map(
            key ->
                new Registration(
                    new Aor("1001", "localhost"),
                    "sip:1001@127.0.0.1",
                    key,
                    "UDP",
                    "127.0.0.1:5062",
                    "",
                    Instant.EPOCH,
                    Instant.MAX))
        .toList();
  }

  @Override
  public int drop(String keyIdentifier) {
    // Who waits for the drop looks at what is registered then.
    int count = registered.remove(keyIdentifier) ? 1 : 0;
    dropped.add(keyIdentifier);
    return count;
  }

  @Override
  public int hangUp(String keyIdentifier) {
    throw new UnsupportedOperationException("a call is never ended by an export");
  }

  @Override
  public int checkSync(String keyIdentifier, String event) {
    throw new UnsupportedOperationException("only the agent tells phones to fetch");
  }
}
