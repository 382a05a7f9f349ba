package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.PlainKamailio;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SharedNode;
import org.latchkey.itests.fixture.SipWire;

/** Phones go on at a Kamailio that knows nothing of Latchkey but the file of their secrets. */
public final class LeavingIT {

  private static final Path PAGE = Path.of("../docs/leaving.md");
  private static final Pattern SUBSCRIBER =
      Pattern.compile("INSERT INTO subscriber .*VALUES \\('(.*)', '(.*)', '', '(.*)'\\);");
  private static final Pattern URI =
      Pattern.compile("INSERT INTO uri .*VALUES \\('(.*)', '(.*)', '(.*)'\\);");

  private static LatchkeyNode node;
  private final Path folder;
  private final Path file;

  public LeavingIT() throws IOException {
    folder = Files.createTempDirectory("latchkey-leaving");
    file = folder.resolve("phones.sql");
  }

  @BeforeClass
  public static void start() throws IOException {
    node = SharedNode.node();
  }

  @After
  public void theSecretsGo() throws IOException {
    Folders.delete(folder);
  }

  @Test
  public void aPhoneRegistersWithItsSecretAsItsOwnExtensionAndAsNoOther() throws Exception {
    ProvisionedKey anna = ProvisionedKey.enrolled(node, "3901");
    ProvisionedKey ben = ProvisionedKey.enrolled(node, "3902");
    ProvisionedKey held = ProvisionedKey.enrolled(node, "3903");
    node.shell("latchkey:hold 3903 --reason noise");
    String said = node.shell("latchkey:export-legacy --format kamailio " + file);
    assertFalse(said, said.contains(anna.credentials().secret()));
    assertTrue(node.shell("latchkey:status").contains(file.toString()));
    assertTrue(node.shell("latchkey:audit --action legacy.").contains("legacy.exported"));
    try (PlainKamailio kamailio =
            PlainKamailio.started(configuration(), rows(SUBSCRIBER), rows(URI));
        SipWire wire = SipWire.udp(kamailio.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, anna);
      assertEquals(200, phone.register().status());
      assertEquals(403, KamailioIT.registered(phone, ben.credentials()).status());
      assertEquals(
          401,
          KamailioIT.registered(phone, anna.credentials().withSecret("0".repeat(26))).status());
      assertEquals(401, new ScriptedPhone(wire, held).register().status());
    }
    node.shell("latchkey:release 3903");
    Files.delete(file);
    assertFalse(node.shell("latchkey:status").contains(file.toString()));
  }

  /** What the page says, word for word, and how this test's calls and REGISTERs get there. */
  private static String configuration() throws IOException {
    Matcher block = Pattern.compile("(?s)```kamailio\n(.*?)```").matcher(Files.readString(PAGE));
    assertTrue("the page has a configuration", block.find());
    return block.group(1).replace("REALM", "latchkey");
  }

  /** The rows of one table as Kamailio's text database has them. */
  private String rows(Pattern insert) throws IOException {
    StringBuilder rows = new StringBuilder();
    Matcher row = insert.matcher(Files.readString(file));
    while (row.find()) {
      rows.append("%s:%s:%s\n".formatted(row.group(1), row.group(2), row.group(3)));
    }
    return rows.toString();
  }
}
