package org.latchkey.registrar.internal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.latchkey.files.OwnerFile;
import org.latchkey.key.KeyPurpose;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.sealing.Contents;
import org.latchkey.sealing.NodeKey;
import org.latchkey.sealing.PublicPart;
import org.latchkey.sealing.RegistrarExport;
import org.latchkey.sealing.SealedExport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the export in force in memory, and takes over the next one. {@link #look()} finds out anew;
 * what the authenticator asks is answered from memory without a lock, from any thread.
 */
final class NodeCustody implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCustody.class);

  private final NodeFiles files;
  private final Incoming incoming;
  private final SecureRandom random;
  private final AtomicLong revision;
  private final Object lock = new Object();
  private volatile Optional<RegistrarExport> inForce = Optional.empty();
  private volatile Standing standing = Standing.down("this node has not looked for its export yet");
  private Optional<PublicPart> node = Optional.empty();
  private Optional<Trusted> trusted = Optional.empty();
  private Optional<Refusal> refusal = Optional.empty();
  private boolean closed;

  NodeCustody(NodeFiles files, SecureRandom random) {
    this.files = files;
    this.random = random;
    incoming = new Incoming(files.incoming());
    // A number that no earlier custody of this node has used.
    revision = new AtomicLong(random.nextLong());
  }

  Standing standing() {
    return standing;
  }

  long revision() {
    return revision.get();
  }

  /** A copy of a subkey, for the caller to wipe; empty when the export in force has none. */
  Optional<byte[]> subkey(int generation, KeyPurpose purpose, String realm, String domain) {
    while (true) {
      Optional<RegistrarExport> now = inForce;
      Optional<byte[]> copy =
          now.flatMap(export -> export.subkeys().copy(generation, purpose, realm, domain));
      VarHandle.acquireFence();
      if (now.equals(inForce)) {
        return copy;
      }
      // It may have been wiped half way.
      copy.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    }
  }

  /**
   * Looks for the node's key, the export that was in force, and one that was brought.
   *
   * @return whether another export is in force now
   */
  boolean look() {
    synchronized (lock) {
      if (closed) {
        return false;
      }
      Optional<RegistrarExport> before = inForce;
      Optional<String> fault = standing.fault();
      if (node.isEmpty()) {
        fault = started();
      }
      if (node.isPresent()) {
        arrived(node.get());
      }
      say(fault);
      return !before.equals(inForce);
    }
  }

  /** Finds the key and what was in force; says why nothing is, if so. */
  private Optional<String> started() {
    try (NodeKey key = files.key(random)) {
      trusted = Trusted.read(files.trusted());
      files.show(key);
      node = Optional.of(key.publicPart());
      return resumed(key);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> resumed(NodeKey key) {
    OwnerFile file = files.inForce();
    if (!file.exists()) {
      return Optional.of(Standing.NO_EXPORT);
    }
    try {
      Brought brought = new Brought(file.path(), SealedExport.read(file.read()));
      Optional<Refusal> refused = brought.refusal(key.publicPart(), trusted);
      if (refused.isPresent()) {
        return refused.map(Refusal::words);
      }
      RegistrarExport export = brought.opened(key);
      long number = export.contents().number();
      long last = trusted.orElseThrow().number();
      if (number < last) {
        export.close();
        return Optional.of(Refusal.older(file.path(), number, last).words());
      }
      if (number > last) {
        // It was kept, and the process ended before its number was.
        trust(brought.sealed().agent(), number);
      }
      put(export);
      return Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of(Refusal.damaged(file.path(), e.getMessage()).words());
    }
  }

  private void arrived(PublicPart self) {
    Optional<Refusal> before = refusal;
    if (incoming.isNew()) {
      try {
        refusal = taken(self);
        incoming.judged();
      } catch (IOException e) {
        refusal = Optional.of(Refusal.fault(files.incoming().path(), e.getMessage()));
      }
    } else if (incoming.isGone()) {
      refusal = Optional.empty();
    }
    if (!refusal.equals(before)) {
      refusal.ifPresent(why -> LOG.warn("{}", why.words()));
    }
  }

  private Optional<Refusal> taken(PublicPart self) throws IOException {
    Object file = files.incoming().path();
    byte[] bytes = files.incoming().read();
    try (NodeKey key = files.key(random)) {
      if (!key.publicPart().equals(self)) {
        // The file of the key was taken away: the next look shows the one that is there now.
        node = Optional.empty();
        return Optional.of(
            Refusal.fault(file, "this node's key was made anew: export again, to the new one"));
      }
      Brought brought = new Brought(file, SealedExport.read(bytes));
      Optional<Refusal> refused = brought.refusal(self, trusted);
      if (refused.isPresent()) {
        return refused;
      }
      RegistrarExport export = brought.opened(key);
      long number = export.contents().number();
      long last = trusted.orElseThrow().number();
      if (number < last || isInForce(number)) {
        export.close();
        return number < last ? Optional.of(Refusal.older(file, number, last)) : Optional.empty();
      }
      keepThenPut(brought, export);
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of(Refusal.damaged(file, e.getMessage()));
    }
  }

  private boolean isInForce(long number) {
    return inForce.filter(export -> export.contents().number() == number).isPresent();
  }

  private void keepThenPut(Brought brought, RegistrarExport export) throws IOException {
    try {
      files.inForce().write(brought.sealed().toBytes());
      trust(brought.sealed().agent(), export.contents().number());
    } catch (IOException e) {
      export.close();
      throw e;
    }
    put(export);
  }

  /**
   * Trusts the agent of the export that was brought, and takes it over.
   *
   * @param evidence is told of the agent before anything is changed, and may throw
   * @return what is in force
   * @throws RequestRefusedException when it is not an export to this node by that agent
   */
  Contents trust(String fingerprint, Consumer<PublicPart> evidence) {
    synchronized (lock) {
      try (NodeKey key = files.key(random)) {
        Brought brought = brought(key, fingerprint);
        RegistrarExport export = brought.opened(key);
        PublicPart agent = brought.sealed().agent();
        try {
          evidence.accept(agent);
          // From here on it is taken over by the next look, should this be cut off.
          incoming.forget();
          trust(agent, export.contents().number());
          files.inForce().write(brought.sealed().toBytes());
        } catch (RuntimeException | IOException e) {
          export.close();
          throw e;
        }
        put(export);
        refusal = Optional.empty();
        say(Optional.empty());
        return export.contents();
      } catch (IOException | GeneralSecurityException e) {
        throw refused(String.valueOf(e.getMessage()));
      }
    }
  }

  private Brought brought(NodeKey key, String fingerprint)
      throws IOException, GeneralSecurityException {
    OwnerFile file = files.incoming();
    if (closed || node.isEmpty() || !file.exists()) {
      throw refused("there is no export %s. Bring it first".formatted(file.path()));
    }
    Brought brought = new Brought(file.path(), SealedExport.read(file.read()));
    PublicPart agent = brought.sealed().agent();
    if (!agent.hasFingerprint(fingerprint)) {
      throw refused(
          "the export that is here is signed by the agent %s. Compare it with what latchkey:registrar-export said there"
              .formatted(agent));
    }
    if (trusted.filter(before -> before.agent().equals(agent)).isPresent()) {
      throw refused("this agent is trusted already. latchkey:status says what is in force");
    }
    Optional<Refusal> refused =
        brought.refusal(key.publicPart(), Optional.of(new Trusted(agent, 0)));
    if (refused.isPresent()) {
      throw refused(refused.get().words() + ". " + refused.get().next());
    }
    return brought;
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nobody is trusted anew: %s.".formatted(why));
  }

  private void trust(PublicPart agent, long number) throws IOException {
    Trusted now = new Trusted(agent, number);
    now.write(files.trusted());
    trusted = Optional.of(now);
  }

  private void put(RegistrarExport export) {
    Optional<RegistrarExport> before = inForce;
    inForce = Optional.of(export);
    say(Optional.empty());
    revision.incrementAndGet();
    before.ifPresent(RegistrarExport::close);
    LOG.info(
        "The export {} of {} is in force", export.contents().number(), export.contents().takenAt());
  }

  private void say(Optional<String> fault) {
    standing =
        new Standing(
            node,
            trusted.map(Trusted::agent),
            inForce.map(RegistrarExport::contents),
            inForce.isPresent() ? Optional.empty() : fault,
            refusal);
  }

  /** Wipes the subkeys. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      Optional<RegistrarExport> before = inForce;
      inForce = Optional.empty();
      standing = Standing.down("the registrar node was stopped");
      revision.incrementAndGet();
      before.ifPresent(RegistrarExport::close);
    }
  }
}
