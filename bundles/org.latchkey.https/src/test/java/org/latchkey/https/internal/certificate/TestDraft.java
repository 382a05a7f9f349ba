package org.latchkey.https.internal.certificate;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;

/** Lets tests of other packages draft certificates. */
public final class TestDraft {

  private final CertificateDraft draft;

  private TestDraft(CertificateDraft draft) {
    this.draft = draft;
  }

  public static TestDraft of(
      X500Name issuer, X500Name subject, PublicKey key, Instant start, Instant end) {
    return new TestDraft(new CertificateDraft(issuer, subject, key, start, end));
  }

  public TestDraft with(ASN1ObjectIdentifier name, boolean critical, ASN1Encodable value) {
    draft.with(name, critical, value);
    return this;
  }

  public X509Certificate signedWith(PrivateKey key) {
    return draft.signedWith(key);
  }
}
