package org.latchkey.keyagent.internal;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Whom a factory certificate names (RFC 5280 §4.1.2.6).
 *
 * @param attributes of the subject, in its order
 */
record FactorySubject(List<Named> attributes) {

  /**
   * An attribute.
   *
   * @param name such as CN
   * @param value in characters
   */
  record Named(String name, String value) {}

  FactorySubject {
    attributes = List.copyOf(attributes);
  }

  /** The subject of a certificate; one that can't be read names nobody. */
  static FactorySubject of(X509Certificate certificate) {
    List<Named> attributes = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        NamingEnumeration<? extends Attribute> all = rdn.toAttributes().getAll();
        while (all.hasMore()) {
          Attribute attribute = all.next();
          for (int i = 0; i < attribute.size(); i++) {
            if (attribute.get(i) instanceof String value) {
              attributes.add(new Named(attribute.getID(), value));
            }
          }
        }
      }
      return new FactorySubject(attributes);
    } catch (InvalidNameException e) {
      return new FactorySubject(List.of());
    } catch (NamingException e) {
      throw new IllegalStateException("a name in memory", e);
    }
  }

  /** The one MAC address that it has where this vendor puts it, canonical. */
  Optional<String> device(FactoryVendor vendor) {
    List<String> values = values(vendor.attribute());
    boolean ofVendor =
        vendor.organisation().isEmpty()
            || values("O").stream().anyMatch(value -> value.contains(vendor.organisation()));
    return ofVendor && values.size() == 1 ? DeviceIdentifier.mac(values.get(0)) : Optional.empty();
  }

  private List<String> values(String name) {
    return attributes.stream()
        .filter(one -> one.name().equalsIgnoreCase(name))
        .map(Named::value)
        .toList();
  }
}
