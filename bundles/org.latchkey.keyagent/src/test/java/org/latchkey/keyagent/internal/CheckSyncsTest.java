package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.latchkey.keyagent.internal.TestSite.issued;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.Generations.Rotation;
import org.latchkey.key.IdentifierForm;
import org.latchkey.key.IssuedKey;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneFile;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.ProvisioningRequest;
import org.latchkey.phone.Site;
import org.latchkey.phone.Traits;

/** After a rotation, phones that can be told to fetch are told, so many a second. */
public class CheckSyncsTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private TestSite site;
  private final List<IssuedKey> phones = new ArrayList<>();

  @Before
  public void fivePhonesOfAFamilyThatFetchesWhenTold() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    for (int i = 1; i <= 5; i++) {
      phones.add(site.registered("100" + i));
    }
    site.neighbours.profiles().add(new Family(Optional.of("check-sync;reboot=false")));
    site.diary.clear();
  }

  @Test
  public void nobodyIsToldBeforeARotation() {
    site.parts.checkSyncs().tick();
    assertEquals(0, told());
  }

  @Test
  public void eachIsToldOnceTwoASecondAndWhoHasNotMovedAnHourLater() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    for (int told : new int[] {2, 4, 5, 5}) {
      site.parts.checkSyncs().tick();
      assertEquals(told, told());
    }
    assertTrue(site.audit.actions().contains("phone.check-sync"));
    for (IssuedKey phone : phones.subList(0, 4)) {
      site.use(issued(site.login(phone)));
    }
    site.pass(Duration.ofHours(1));
    site.parts.checkSyncs().tick();
    site.parts.checkSyncs().tick();
    assertEquals(6, told());
    assertTrue(
        site.diary.contains("pbx: check-sync;reboot=false to " + phones.get(4).keyIdentifier()));
  }

  @Test
  public void aRotationInTheHourAfterAnotherTellsThemAnew() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    for (int i = 0; i < 3; i++) {
      site.parts.checkSyncs().tick();
    }
    site.generations.rotate(Rotation.ISSUE, "anna");
    for (int i = 0; i < 3; i++) {
      site.parts.checkSyncs().tick();
    }
    assertEquals(10, told());
  }

  @Test
  public void afterARestartTheyAreStillTold() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.start();
    site.parts.checkSyncs().tick();
    assertEquals(2, told());
  }

  @Test
  public void whoIsNotRegisteredOrOfAFamilyThatKnowsNoSuchEventIsNotTold() {
    site.pbx.live.removeIf(one -> one.keyIdentifier().equals(phones.get(0).keyIdentifier()));
    site.generations.rotate(Rotation.ISSUE, "anna");
    for (int i = 0; i < 4; i++) {
      site.parts.checkSyncs().tick();
    }
    assertEquals(4, told());
    site.neighbours.profiles().clear();
    site.neighbours.profiles().add(new Family(Optional.empty()));
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.parts.checkSyncs().tick();
    assertEquals(4, told());
  }

  @Test
  public void withoutEvidenceNobodyIsTold() {
    site.generations.rotate(Rotation.ISSUE, "anna");
    site.audit.broken(true);
    site.parts.checkSyncs().tick();
    assertEquals(0, told());
  }

  private long told() {
    return site.diary.stream().filter(line -> line.startsWith("pbx: check-sync")).count();
  }

  /** The family that fetched the keys of this test. */
  private record Family(Optional<String> event) implements PhoneProfile {
    @Override
    public String name() {
      return "json";
    }

    @Override
    public Traits traits() {
      return new Traits(DigestAlgorithm.MD5, IdentifierForm.LONG, false, event);
    }

    @Override
    public Optional<FileRequest> recognise(ProvisioningRequest request) {
      return Optional.empty();
    }

    @Override
    public PhoneFile render(FileRequest file, List<IssuedKey> keys, Site where) {
      throw new UnsupportedOperationException("nobody fetches a file here");
    }
  }
}
