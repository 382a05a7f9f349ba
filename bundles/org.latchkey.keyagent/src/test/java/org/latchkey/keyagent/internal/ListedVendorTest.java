package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.RequestRefusedException;

/** An entry of the inventory that says whose phone it is. */
public class ListedVendorTest {

  private static final String MAC = "805ec0000001";

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private InventoryPhone certified;
  private InventoryPhone forged;

  /** The authority of one of the two has leaked: it names whatever phone it is told to. */
  @Before
  public void aSiteThatTrustsTwoFactories() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    InventoryPhone bare = InventoryPhone.at(site, MAC, "10.0.0.5");
    FactoryCa good = trusted("yealink");
    FactoryCa leaked = trusted("grandstream");
    certified = bare.showing(good.device("CN=" + MAC));
    forged =
        bare.showing(leaked.device("CN=" + MAC + ",O=Grandstream Networks"))
            .askingFor("grandstream");
  }

  private FactoryCa trusted(String vendor) {
    FactoryCa root = FactoryCa.root("CN=Root CA of " + vendor);
    FactoryDesk desk = new FactoryDesk(site.parts);
    String print = desk.read(vendor, root.pem()).get(0).sha256();
    desk.trust(vendor, root.pem(), false, List.of(print), "anna");
    return root;
  }

  private static EnrolmentOrder order(String vendor) {
    return TestSite.inventoryOrder("1001", MAC).ofVendor(Optional.ofNullable(vendor));
  }

  @Test
  public void anotherVendorsAuthorityGetsNotEvenTheFirstKey() {
    site.desk.enrol(order("yealink"), "anna");
    assertEquals(DenialReason.OTHER_CERTIFICATE, denied(forged.fetches()));
    IssuedKey key = issued(certified.fetches());
    assertEquals("1001", key.record().aor().user());
    assertEquals(DenialReason.OTHER_CERTIFICATE, denied(forged.fetches()));
    assertEquals(key.keyIdentifier(), issued(certified.fetches()).keyIdentifier());
  }

  @Test
  public void thatOutlastsARestartAndAnEntryAnew() {
    site.desk.enrol(order("yealink"), "anna");
    site.start();
    assertEquals(DenialReason.OTHER_CERTIFICATE, denied(forged.fetches()));
    site.enrolAnew("1002", MAC);
    assertEquals(DenialReason.OTHER_CERTIFICATE, denied(forged.fetches()));
    assertEquals("1002", issued(certified.fetches()).record().aor().user());
  }

  @Test
  public void withoutAVendorTheFileThatIsAskedForSaysWhose() {
    site.desk.enrol(order(null), "anna");
    assertEquals("grandstream", issued(forged.fetches()).record().profile());
    assertEquals(DenialReason.OTHER_CERTIFICATE, denied(certified.fetches()));
  }

  @Test
  public void aListThatNamesAVendorLaterIsNotTakenForTheSame() {
    site.desk.enrol(order(null), "anna");
    Problem later = site.desk.check(List.of(order("yealink"))).get(0);
    assertTrue(later.sentence(), !later.listed());
    issued(certified.fetches());
    assertTrue("the key says whose", site.desk.check(List.of(order("yealink"))).get(0).listed());
  }

  @Test
  public void onlyVendorsThatThereAreAndOnlyInTheInventory() {
    String unknown = refused(order("yaelink"));
    assertTrue(unknown, unknown.contains("yealink") && unknown.contains("grandstream"));
    String coded = refused(order("yealink").with(CodeKind.URL));
    assertTrue(coded, coded.contains("of the inventory alone"));
  }

  private String refused(EnrolmentOrder order) {
    return assertThrows(RequestRefusedException.class, () -> site.desk.enrol(order, "anna"))
        .getMessage();
  }
}
