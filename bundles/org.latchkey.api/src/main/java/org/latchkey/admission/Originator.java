package org.latchkey.admission;

import java.net.InetSocketAddress;
import java.util.function.Function;
import org.latchkey.key.Aor;

/** Who calls, as the PBX proved it, never as a From header says. The kinds are closed for ever. */
public abstract sealed class Originator
    permits Originator.Phone, Originator.Unproved, Originator.Trusted {

  private Originator() {}

  /** One function per kind. */
  public abstract <T> T fold(
      Function<Phone, T> phone, Function<Unproved, T> unproved, Function<Trusted, T> trusted);

  /** A phone that proved the key of its AOR. */
  public static final class Phone extends Originator {
    private final String keyIdentifier;
    private final Aor aor;
    private final boolean registered;

    /** The phone of {@code aor} that holds {@code keyIdentifier}. */
    public Phone(String keyIdentifier, Aor aor, boolean registered) {
      this.keyIdentifier = keyIdentifier;
      this.aor = aor;
      this.registered = registered;
    }

    /** The key it proved. */
    public String keyIdentifier() {
      return keyIdentifier;
    }

    /** The AOR it proved. */
    public Aor aor() {
      return aor;
    }

    /** Whether this AOR has a live registration made with this key. */
    public boolean registered() {
      return registered;
    }

    @Override
    public <T> T fold(
        Function<Phone, T> phone, Function<Unproved, T> unproved, Function<Trusted, T> trusted) {
      return phone.apply(this);
    }
  }

  /** Somebody who proved nothing. */
  public static final class Unproved extends Originator {
    private final InetSocketAddress source;

    /** Somebody at {@code source}. */
    public Unproved(InetSocketAddress source) {
      this.source = source;
    }

    /** Where the request came from, as the transport saw it. */
    public InetSocketAddress source() {
      return source;
    }

    @Override
    public <T> T fold(
        Function<Phone, T> phone, Function<Unproved, T> unproved, Function<Trusted, T> trusted) {
      return unproved.apply(this);
    }
  }

  /** Something of the PBX's own: a trunk, voicemail, a queue, paging, a parked call. Not gated. */
  public static final class Trusted extends Originator {
    private final String name;

    /** The PBX's part called {@code name}. */
    public Trusted(String name) {
      this.name = name;
    }

    /** What the PBX calls it, for the journal. */
    public String name() {
      return name;
    }

    @Override
    public <T> T fold(
        Function<Phone, T> phone, Function<Unproved, T> unproved, Function<Trusted, T> trusted) {
      return trusted.apply(this);
    }
  }
}
