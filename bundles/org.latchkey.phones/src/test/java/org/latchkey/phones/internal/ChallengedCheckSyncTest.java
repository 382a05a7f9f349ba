package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.PhoneProfile;
import org.latchkey.phone.Site;

/**
 * The lines by which a site has its phones ask who tells them to fetch, as the guide gives them.
 */
public class ChallengedCheckSyncTest {

  private static final Path GUIDE = Path.of("../../docs/phones.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (`[^|]*`) \\| `([^`|]+ = (on|Yes|1))` \\|");

  @Test
  public void eachLineOfTheGuideSwitchesTheChallengeOnAndNothingElse() throws Exception {
    Set<String> families = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(GUIDE));
    while (row.find()) {
      for (String family : row.group(1).replaceAll("[` ]", "").split(",", -1)) {
        families.add(family);
        Map<String, String> before = parsed(TestPhones.profile(family, Map.of()));
        String own = "[content device]\n" + row.group(2) + "\n";
        Map<String, String> after =
            parsed(TestPhones.profile(family, Map.of(family + ".profile", own)));
        assertEquals(family, before.keySet(), after.keySet());
        List<String> changed =
            before.keySet().stream()
                .filter(place -> !before.get(place).equals(after.get(place)))
                .toList();
        assertEquals(family + changed, 1, changed.size());
        assertTrue(family, Set.of("off", "No", "0").contains(before.get(changed.get(0))));
        assertEquals(family, row.group(3), after.get(changed.get(0)));
      }
    }
    assertEquals(Set.of("cisco-mpp", "cisco-spa", "grandstream", "snom"), families);
  }

  private static Map<String, String> parsed(PhoneProfile profile) throws Exception {
    FileRequest request = profile.keyFile(Optional.of("805ec0000001")).orElseThrow();
    Site site = new Site(URI.create("https://localhost:8443/provision/"), "");
    return VendorFiles.parsed(
        profile.name(),
        profile
            .render(request, List.of(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5)), site)
            .body()
            .copy());
  }
}
