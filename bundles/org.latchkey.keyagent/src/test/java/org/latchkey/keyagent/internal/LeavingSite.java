package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.IssuedKey;
import org.latchkey.key.LegacyExports.Exported;
import org.latchkey.key.LegacyExports.Format;
import org.latchkey.key.RequestRefusedException;

/** A site with two phones, whose administrator writes the file for another PBX. */
public abstract class LeavingSite {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  final FakeHolds holds = new FakeHolds();
  TestSite site;
  LegacyDesk desk;
  Path file;
  IssuedKey anna;
  IssuedKey ben;

  @Before
  public void aSiteWithTwoPhones() throws Exception {
    site = TestSite.startedIn(TestSite.real(temporary.getRoot().toPath()));
    anna = site.registered("1001");
    ben = site.registered("1002");
    desk = new LegacyDesk(site.parts, site.folder);
    desk.bindHolds(holds);
    file = site.folder.resolveSibling("phones.csv");
    site.diary.clear();
    site.audit.entries.clear();
  }

  Exported export() {
    return desk.export(file, Format.CSV, "anna");
  }

  String written() throws Exception {
    return Files.readString(file);
  }

  /** Why there is no file. */
  String refused() {
    String why = assertThrows(RequestRefusedException.class, this::export).getMessage();
    assertTrue(why, why.startsWith("Nothing was written: ") || why.startsWith("Nothing was chan"));
    assertFalse("no file is left", Files.exists(file));
    return why;
  }
}
