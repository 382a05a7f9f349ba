package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.denied;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.Before;
import org.junit.Test;
import org.latchkey.audit.AuditEntry;
import org.latchkey.key.DenialReason;
import org.latchkey.key.Enrolment.CodeKind;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.EnrolmentWindows.Kind;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.IssueResult;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.KeyRequest;

/** A device of the inventory with several lines, and who says its MAC address. */
public class InventoryLinesTest extends OneDevice {

  private final FactoryCa factory = FactoryCa.root("CN=Yealink Root CA");
  private InventoryPhone bare;
  private InventoryPhone certified;

  @Before
  public void aSiteThatTrustsAFactory() throws Exception {
    FactoryDesk desk = new FactoryDesk(site.parts);
    String print = desk.read("yealink", factory.pem()).get(0).sha256();
    desk.trust("yealink", factory.pem(), false, List.of(print), "anna");
    bare = InventoryPhone.at(site, MAC, "10.0.0.5");
    certified = bare.showing(factory.device("CN=" + MAC));
  }

  @Test
  public void oneCertificateGetsAllLines() {
    List<NewEnrolment> made = enrol(CodeKind.INVENTORY, "1001", "1002");
    assertEquals(List.of(false, false), coded(made));
    IssueResult.Issued file = file(certified);
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file));
    List<String> words =
        site.audit.entries.stream()
            .map(AuditEntry::detail)
            .filter(detail -> detail.contains(", by "))
            .map(detail -> detail.substring(detail.lastIndexOf(' ') + 1))
            .toList();
    assertEquals(List.of("factory-certificate", "device-line"), words);
    file.keys().forEach(site::use);
    assertEquals("after a reset", identifiers(file), identifiers(file(certified)));
  }

  @Test
  public void aLineThatWasRevokedTakesNothingFromTheOthers() {
    enrol(CodeKind.INVENTORY, "1001", "1002");
    IssueResult.Issued before = file(certified);
    site.pass(Duration.ofSeconds(1));
    site.desk.revoke(before.key().keyIdentifier(), "gone", "anna");
    IssueResult.Issued after = file(certified);
    assertEquals(Map.of(2, "1002"), lines(after));
    assertEquals(List.of(1), after.endedLines());
    site.desk.revoke(before.keys().get(1).keyIdentifier(), "gone", "anna");
    assertEquals(DenialReason.REVOKED, refused(certified));
  }

  @Test
  public void aLineThatIsAddedComesByCertificateOrLoginAndNotByTheMacAddress() {
    enrol(CodeKind.INVENTORY, "1001");
    IssuedKey first = file(certified).key();
    NewEnrolment added = enrol(2, CodeKind.INVENTORY, "1002").get(0);
    assertEquals(CodeKind.LINE, added.enrolment().codeKind());
    open(Kind.INVENTORY);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
    site.use(first);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(certified)));
    open(Kind.INVENTORY);
    assertEquals("fetched or not", DenialReason.LINES_IN_USE, refused(bare));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byLogin(first))));
    Problem again = site.desk.check(List.of(order("1002", 2, CodeKind.INVENTORY, false))).get(0);
    assertTrue(again.sentence(), again.listed());
  }

  @Test
  public void anOpenWindowServesAllLinesOnce() {
    enrol(CodeKind.INVENTORY, "1001", "1002");
    assertEquals(DenialReason.NO_PROOF, refused(bare));
    open(Kind.INVENTORY);
    IssueResult.Issued file = file(bare);
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file));
    assertEquals(identifiers(file), identifiers(file(bare)));
    assertEquals(DenialReason.SERVED_ALREADY, refused(InventoryPhone.at(site, MAC, "10.0.0.6")));
    file.keys().forEach(site::use);
    open(Kind.INVENTORY);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
  }

  @Test
  public void aCertificateIsAskedOfEachLineWhoseVendorItIs() {
    IssuedKey second = file(byCode(enrol(2, CodeKind.URL, "1002"), "poly")).key();
    site.use(second);
    enrol(CodeKind.INVENTORY, "1001");
    assertEquals("its login would open line 2", DenialReason.OTHER_CERTIFICATE, refused(certified));
    assertEquals(1, site.store.keys.size());
    site.desk.revoke(second.keyIdentifier(), "gone", "anna");
    site.desk.enrolAnew(List.of(order("1001", 1, CodeKind.INVENTORY, false)), "anna");
    assertEquals(Map.of(1, "1001"), lines(file(certified)));
  }

  @Test
  public void aMacAddressAloneDoesNotGetALineByWhichAnotherInUseCouldBeFetched() {
    IssuedKey second = file(byCode(enrol(2, CodeKind.URL, "1002"), "yealink")).key();
    site.use(second);
    enrol(CodeKind.INVENTORY, "1001");
    open(Kind.INVENTORY);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
    assertEquals(1, site.store.keys.size());
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(certified)));
  }

  @Test
  public void aMacAddressAloneDoesNotStandInForTheCodeOfAnotherLine() {
    enrol(CodeKind.INVENTORY, "1001");
    List<NewEnrolment> second = enrol(2, CodeKind.URL, "1002");
    open(Kind.INVENTORY);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byCode(second))));
    open(Kind.INVENTORY);
    assertEquals("nor when it is used", DenialReason.LINES_IN_USE, refused(bare));
  }

  @Test
  public void anEntryEndsWithACodeForTheSameLine() {
    enrol(CodeKind.INVENTORY, "1001");
    List<NewEnrolment> anew = enrol(CodeKind.URL, "1001", "1002");
    open(Kind.INVENTORY);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
    assertEquals(0, site.store.keys.size());
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(file(byCode(anew))));
  }

  @Test
  public void anEntryOfOneLineEndsWithACodeForIt() {
    enrol(CodeKind.INVENTORY, "1001");
    enrol(CodeKind.URL, "1005");
    open(Kind.INVENTORY);
    assertEquals(DenialReason.LINES_IN_USE, refused(bare));
  }

  @Test
  public void aResetPhoneIsLetInWithAllItsLinesAnew() {
    enrol(CodeKind.INVENTORY, "1001", "1002");
    IssueResult.Issued before = file(certified);
    before.keys().forEach(site::use);
    List<EnrolmentOrder> both =
        List.of(
            order("1001", 1, CodeKind.INVENTORY, false),
            order("1002", 2, CodeKind.INVENTORY, false));
    site.desk.enrolAnew(both, "anna");
    open(Kind.INVENTORY);
    IssueResult.Issued after = file(bare);
    assertEquals(Map.of(1, "1001", 2, "1002"), lines(after));
    assertTrue(identifiers(after).stream().noneMatch(identifiers(before)::contains));
  }

  @Test
  public void aStrangerWithTheMacAddressOfADeviceGetsOneLineAndOpensNoOther() {
    IssueResult.Issued victim = file(byCode(enrol(CodeKind.URL, "1001", "1002")));
    open(Kind.ANYBODY);
    IssueResult.Issued stranger = file(bare);
    assertEquals(Map.of(1, "unassigned-" + MAC), lines(stranger));
    assertEquals(Map.of(1, "unassigned-" + MAC), lines(file(byLogin(stranger.key()))));
    site.desk.assign(stranger.key().keyIdentifier(), "1009", "anna");
    assertEquals(Map.of(1, "1009"), lines(file(byLogin(stranger.key()))));
    assertEquals(identifiers(victim), identifiers(file(byLogin(victim.key()))));
    assertEquals(
        "a further line is beside the named ones",
        List.of(CodeKind.LINE),
        enrol(3, CodeKind.URL, "1003").stream().map(one -> one.enrolment().codeKind()).toList());
    assertEquals(Map.of(1, "1009"), lines(file(byLogin(stranger.key()))));
  }

  @Test
  public void aFurtherLineOfAStrangersDeviceHasItsOwnCode() {
    open(Kind.ANYBODY);
    file(bare);
    assertEquals(List.of(true), coded(enrol(2, CodeKind.URL, "1002")));
  }

  private static KeyRequest.Builder byCode(List<NewEnrolment> made, String profile) {
    return KeyRequest.from(InetAddress.getLoopbackAddress(), profile)
        .device(MAC)
        .code(made.get(0).code().orElseThrow())
        .places(SIXTEEN);
  }

  private IssueResult.Issued file(InventoryPhone phone) {
    return file(phone.request().places(SIXTEEN));
  }

  private DenialReason refused(InventoryPhone phone) {
    return denied(site.issuer.issue(phone.request().places(SIXTEEN).build()));
  }

  private void open(Kind kind) {
    new WindowDesk(site.parts).open(kind, Duration.ofMinutes(30), OptionalInt.empty(), "anna");
  }
}
