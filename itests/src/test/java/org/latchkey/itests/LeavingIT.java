package org.latchkey.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.Test;
import org.latchkey.itests.fixture.Folders;
import org.latchkey.itests.fixture.Kamailio;
import org.latchkey.itests.fixture.KamailioSite;
import org.latchkey.itests.fixture.LatchkeyNode;
import org.latchkey.itests.fixture.ProvisionedKey;
import org.latchkey.itests.fixture.ScriptedPhone;
import org.latchkey.itests.fixture.SipWire;

/** Phones go on at a Kamailio that knows nothing of Latchkey but the file of their secrets. */
public final class LeavingIT {

  private static final Path PAGE = Path.of("../docs/leaving.md");
  private static final Pattern SUBSCRIBER =
      Pattern.compile("INSERT INTO subscriber .*VALUES \\('(.*)', '(.*)', '', '(.*)'\\);");
  private static final Pattern URI =
      Pattern.compile("INSERT INTO uri .*VALUES \\('(.*)', '(.*)', '(.*)'\\);");

  private static KamailioSite site;
  private static LatchkeyNode node;
  private final Path folder;
  private final Path file;

  public LeavingIT() throws IOException {
    folder = Files.createTempDirectory("latchkey-leaving");
    file = folder.resolve("phones.sql");
  }

  @BeforeClass
  public static void start() throws IOException {
    site = KamailioSite.shared();
    node = site.node();
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
    tables();
    try (Kamailio kamailio = site.kamailio().changed(this::left);
        SipWire stranger = SipWire.udp(kamailio.port());
        SipWire wire = SipWire.udp(kamailio.port())) {
      ScriptedPhone phone = new ScriptedPhone(wire, anna);
      assertEquals(200, phone.register().status());
      assertEquals(403, KamailioIT.registered(phone, ben.credentials()).status());
      assertEquals(
          401,
          KamailioIT.registered(phone, anna.credentials().withSecret("0".repeat(26))).status());
      ScriptedPhone other = new ScriptedPhone(stranger, held);
      assertEquals(401, other.register().status());
      int calls = site.trunk().calls().size();
      for (ScriptedPhone caller : List.of(other, phone)) {
        String call = ScriptedPhone.unique("help");
        caller.wire().send(caller.invite("sip:112@localhost", call, Optional.empty()));
        site.trunk().awaitCall(call);
      }
      assertEquals("emergency asks nobody", calls + 2, site.trunk().calls().size());
    }
    node.shell("latchkey:release 3903");
    Files.delete(file);
    assertFalse(node.shell("latchkey:status").contains(file.toString()));
  }

  /** The generated configuration as the page has it changed, word for word. */
  private String left(String text) {
    String changed =
        text.replace("#!ifdef LATCHKEY_OLD_PHONES", "#!ifdef NO_OLD_PHONES_HERE")
            .replace("route(LATCHKEY_REGISTER);", "route(REGISTER_WITHOUT_LATCHKEY);")
            .replace("route(LATCHKEY_CALL);", "route(CALL_WITHOUT_LATCHKEY);");
    return text.startsWith("#!KAMAILIO")
        ? changed + "\nloadmodule \"db_text.so\"\n" + block()
        : changed;
  }

  private String block() {
    try {
      Matcher block = Pattern.compile("(?s)```kamailio\n(.*?)```").matcher(Files.readString(PAGE));
      assertTrue("the page has a configuration", block.find());
      return block.group(1).replace("REALM", "latchkey").replace("DATABASE", "text://" + folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the SQL puts into the tables, as Kamailio's text database has it. */
  private void tables() throws IOException {
    Files.writeString(
        folder.resolve("version"), "table_name(string) table_version(int)\nsubscriber:7\nuri:1\n");
    Files.writeString(
        folder.resolve("subscriber"),
        "username(string) domain(string) ha1(string)\n" + rows(SUBSCRIBER));
    Files.writeString(
        folder.resolve("uri"), "username(string) domain(string) uri_user(string)\n" + rows(URI));
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
