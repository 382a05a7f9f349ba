package org.latchkey.key;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One request for a key, as it came in at a door. Immutable but for the secrets in it, which belong
 * to the caller: it closes them when the agent has answered.
 */
public final class KeyRequest {

  private final InetAddress source;
  private final Optional<String> device;
  private final Optional<Secret> code;
  private final Optional<Login> login;
  private final int line;
  private final Set<Integer> places;
  private final DigestAlgorithm algorithm;
  private final IdentifierForm form;
  private final List<X509Certificate> clientCertificates;
  private final String userAgent;
  private final String profile;

  private KeyRequest(Builder b) {
    source = b.source;
    device = Optional.ofNullable(b.device);
    code = Optional.ofNullable(b.code);
    login = Optional.ofNullable(b.login);
    line = b.line;
    places = b.places;
    algorithm = b.algorithm;
    form = b.form;
    clientCertificates = b.clientCertificates;
    userAgent = b.userAgent;
    profile = b.profile;
  }

  /** A request from {@code source}, as the profile named so ("linphone", "json") recognised it. */
  public static Builder from(InetAddress source, String profile) {
    return new Builder(source, profile);
  }

  /** Where the request came from. */
  public InetAddress source() {
    return source;
  }

  /** The device identifier as the device spelled it; empty asks for a random key identifier. */
  public Optional<String> device() {
    return device;
  }

  /** The one-time code, if one was given. */
  public Optional<Secret> code() {
    return code;
  }

  /** The provisioning login, if one was given. */
  public Optional<Login> login() {
    return login;
  }

  /** The line of the device, from 1 to 255. */
  public int line() {
    return line;
  }

  /**
   * The lines that the file has places for which the keys are asked for; empty asks for the key of
   * {@link #line()} alone. Whoever asks for a file proves by the code or login of one line to be
   * the device, and is given the keys of all its lines.
   */
  public Set<Integer> places() {
    return places;
  }

  /** Whether the key of a line may be part of the answer. */
  public boolean takes(int wanted) {
    return places.isEmpty() ? wanted == line : places.contains(wanted);
  }

  /** The algorithm the device will register with; it becomes the least one its key accepts. */
  public DigestAlgorithm algorithm() {
    return algorithm;
  }

  /** How long a key identifier the device can hold. */
  public IdentifierForm form() {
    return form;
  }

  /** The certificate chain the device presented, leaf first, not verified; empty when none. */
  public List<X509Certificate> clientCertificates() {
    return clientCertificates;
  }

  /** The User-Agent header, empty when none; untrusted text. */
  public String userAgent() {
    return userAgent;
  }

  /** The profile that recognised the request. */
  public String profile() {
    return profile;
  }

  /**
   * The provisioning login of an issued key.
   *
   * @param keyIdentifier the name
   * @param password the password, owned by whoever made the login
   */
  public record Login(String keyIdentifier, Secret password) {}

  /** Builds a {@link KeyRequest}. */
  public static final class Builder {
    private final InetAddress source;
    private final String profile;
    private @org.jspecify.annotations.Nullable String device;
    private @org.jspecify.annotations.Nullable Secret code;
    private @org.jspecify.annotations.Nullable Login login;
    private int line = 1;
    private Set<Integer> places = Set.of();
    private DigestAlgorithm algorithm = DigestAlgorithm.MD5;
    private IdentifierForm form = IdentifierForm.LONG;
    private List<X509Certificate> clientCertificates = List.of();
    private String userAgent = "";

    private Builder(InetAddress source, String profile) {
      this.source = Objects.requireNonNull(source, "source");
      this.profile = Objects.requireNonNull(profile, "profile");
    }

    /** Sets {@link KeyRequest#device()}. */
    public Builder device(String value) {
      device = value;
      return this;
    }

    /** Sets {@link KeyRequest#code()}. */
    public Builder code(Secret value) {
      code = value;
      return this;
    }

    /** Sets {@link KeyRequest#login()}. */
    public Builder login(String keyIdentifier, Secret password) {
      login = new Login(keyIdentifier, password);
      return this;
    }

    /**
     * Sets {@link KeyRequest#line()}, 1 unless set.
     *
     * @throws IllegalArgumentException outside 1 to 255
     */
    public Builder line(int value) {
      if (value < 1 || value > 255) {
        throw new IllegalArgumentException("a line is a number from 1 to 255");
      }
      line = value;
      return this;
    }

    /** Sets {@link KeyRequest#places()}, none unless set. */
    public Builder places(Collection<Integer> value) {
      places = Set.copyOf(value);
      return this;
    }

    /** Sets {@link KeyRequest#algorithm()}, MD5 unless set. */
    public Builder algorithm(DigestAlgorithm value) {
      algorithm = value;
      return this;
    }

    /** Sets {@link KeyRequest#form()}, long unless set. */
    public Builder form(IdentifierForm value) {
      form = value;
      return this;
    }

    /** Sets {@link KeyRequest#clientCertificates()}. */
    public Builder clientCertificates(List<X509Certificate> value) {
      clientCertificates = List.copyOf(value);
      return this;
    }

    /** Sets {@link KeyRequest#userAgent()}. */
    public Builder userAgent(String value) {
      userAgent = value;
      return this;
    }

    /** The request. */
    public KeyRequest build() {
      return new KeyRequest(this);
    }
  }
}
