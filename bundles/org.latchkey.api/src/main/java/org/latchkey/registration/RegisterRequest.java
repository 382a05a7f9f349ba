package org.latchkey.registration;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;

/**
 * One SIP request to be authenticated, in words that belong to no SIP stack: a REGISTER, or any
 * other method that the PBX challenges.
 *
 * <p>Immutable. Built by the integrator's one mapping class:
 *
 * <pre>{@code
 * RegisterRequest.of("REGISTER", "sip:example.org", aor)
 *     .authorizations(message.headerValues("Authorization"))
 *     .callId(callId).cseq(cseq).branch(topViaBranch)
 *     .contact(contactHeaderValue).source(remote).transport("UDP")
 *     .build();
 * }</pre>
 */
public final class RegisterRequest {

  private final String method;
  private final String requestUri;
  private final Aor aor;
  private final Optional<String> realm;
  private final boolean proxy;
  private final DigestAlgorithm algorithm;
  private final List<String> authorizations;
  private final String callId;
  private final String cseq;
  private final String branch;
  private final String contact;
  private final Optional<InetSocketAddress> source;
  private final String transport;

  private RegisterRequest(Builder b) {
    method = b.method;
    requestUri = b.requestUri;
    aor = b.aor;
    realm = Optional.ofNullable(b.realm);
    proxy = b.proxy;
    algorithm = b.algorithm;
    authorizations = b.authorizations;
    callId = b.callId;
    cseq = b.cseq;
    branch = b.branch;
    contact = b.contact;
    source = Optional.ofNullable(b.source);
    transport = b.transport;
  }

  /**
   * Starts a request.
   *
   * @param method the SIP method, in capitals
   * @param requestUri the Request-URI as received
   * @param aor the AOR whose key must prove itself: of the To URI of a REGISTER, of the From URI of
   *     any other request, after the PBX resolved its aliases, {@link Aor#withoutKeyIdentifier}
   *     among them where it serves devices without a name apart for proving themselves
   */
  public static Builder of(String method, String requestUri, Aor aor) {
    return new Builder(method, requestUri, aor);
  }

  /** The SIP method (RFC 3261 section 7.1). */
  public String method() {
    return method;
  }

  /** The Request-URI as received; the digest covers it (RFC 3261 section 22.4). */
  public String requestUri() {
    return requestUri;
  }

  /** The AOR whose key must prove itself. */
  public Aor aor() {
    return aor;
  }

  /** The realm of the PBX; empty for the one that keys are issued for. */
  public Optional<String> realm() {
    return realm;
  }

  /** Whether the PBX asks as a proxy: 407 and Proxy-Authorization instead of 401. */
  public boolean proxy() {
    return proxy;
  }

  /** The algorithm the listener challenges with: one challenge, one algorithm. */
  public DigestAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * All values of Authorization (or Proxy-Authorization) in order, each whole: {@code Digest
   * username="…", …}. Those of other realms may be among them.
   */
  public List<String> authorizations() {
    return authorizations;
  }

  /** The Call-ID. */
  public String callId() {
    return callId;
  }

  /** The CSeq, number and method. */
  public String cseq() {
    return cseq;
  }

  /** The branch of the topmost Via. */
  public String branch() {
    return branch;
  }

  /** The value or values of Contact, joined as received; empty when none. */
  public String contact() {
    return contact;
  }

  /** Where the request came from, if the PBX knows. */
  public Optional<InetSocketAddress> source() {
    return source;
  }

  /** UDP, TCP, TLS, WS or WSS. */
  public String transport() {
    return transport;
  }

  /** Builds a {@link RegisterRequest}. */
  public static final class Builder {
    private final String method;
    private final String requestUri;
    private final Aor aor;
    private @Nullable String realm;
    private boolean proxy;
    private DigestAlgorithm algorithm = DigestAlgorithm.MD5;
    private List<String> authorizations = List.of();
    private String callId = "";
    private String cseq = "";
    private String branch = "";
    private String contact = "";
    private @Nullable InetSocketAddress source;
    private String transport = "UDP";

    private Builder(String method, String requestUri, Aor aor) {
      this.method = Objects.requireNonNull(method, "method");
      this.requestUri = Objects.requireNonNull(requestUri, "requestUri");
      this.aor = Objects.requireNonNull(aor, "aor");
    }

    /** Sets {@link RegisterRequest#realm()}. */
    public Builder realm(String value) {
      realm = value;
      return this;
    }

    /** Sets {@link RegisterRequest#proxy()}; false unless set. */
    public Builder proxy(boolean value) {
      proxy = value;
      return this;
    }

    /** Sets {@link RegisterRequest#algorithm()}; MD5 unless set. */
    public Builder algorithm(DigestAlgorithm value) {
      algorithm = value;
      return this;
    }

    /** Sets {@link RegisterRequest#authorizations()}. */
    public Builder authorizations(List<String> values) {
      authorizations = List.copyOf(values);
      return this;
    }

    /** Sets {@link RegisterRequest#callId()}. */
    public Builder callId(String value) {
      callId = value;
      return this;
    }

    /** Sets {@link RegisterRequest#cseq()}. */
    public Builder cseq(String value) {
      cseq = value;
      return this;
    }

    /** Sets {@link RegisterRequest#branch()}. */
    public Builder branch(String value) {
      branch = value;
      return this;
    }

    /** Sets {@link RegisterRequest#contact()}. */
    public Builder contact(String value) {
      contact = value;
      return this;
    }

    /** Sets {@link RegisterRequest#source()}. */
    public Builder source(InetSocketAddress value) {
      source = value;
      return this;
    }

    /** Sets {@link RegisterRequest#transport()}; UDP unless set. */
    public Builder transport(String value) {
      transport = value;
      return this;
    }

    /** The request. */
    public RegisterRequest build() {
      return new RegisterRequest(this);
    }
  }
}
