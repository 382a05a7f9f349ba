package org.latchkey.https.internal.certificate;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.Test;

/** Which domain a site's authority is limited to. */
public class SiteNamesTest {

  @Test
  public void theDomainAboveThePublicNameIsTheSite() {
    assertEquals(Set.of("example.org", "localhost"), domains("phones.example.org"));
    assertEquals(Set.of("voice.example.org", "localhost"), domains("PBX1.voice.Example.org"));
  }

  @Test
  public void aRegistrysDomainIsNobodysSite() {
    assertEquals(Set.of("example.org", "localhost"), domains("example.org"));
    assertEquals(Set.of("example.co.uk", "localhost"), domains("example.co.uk"));
    assertEquals(Set.of("pbx", "localhost"), domains("pbx"));
  }

  @Test
  public void anAddressIsCertifiedAloneAndBringsNoDomain() {
    SiteNames names = new SiteNames("192.0.2.7", List.of("2001:DB8:0:0::1"), List.of());
    assertEquals(Set.of("localhost"), names.permittedDomains());
    assertEquals(Set.of("192.0.2.7", "2001:db8:0:0:0:0:0:1"), names.permittedAddresses());
  }

  @Test
  public void whatIsNoNameIsRefused() {
    for (String bad : List.of("", "a b", "-a", "a..b", "https://a", "a:8443", "*.example.org")) {
      assertThrows(
          bad, IllegalArgumentException.class, () -> new SiteNames(bad, List.of(), List.of()));
    }
  }

  private static Set<String> domains(String publicName) {
    return new SiteNames(publicName, List.of(), List.of()).permittedDomains();
  }
}
