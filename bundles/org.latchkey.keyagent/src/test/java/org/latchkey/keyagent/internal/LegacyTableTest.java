package org.latchkey.keyagent.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.Aor;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.key.KeyRecord;
import org.latchkey.key.LegacyExports.Format;
import org.latchkey.key.Secret;

/** What each PBX finds in its file. The HA1 are those of md5sum and sha256sum. */
public class LegacyTableTest {

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  private String written(Format format, KeyRecord... keys) throws Exception {
    Path file = temporary.getRoot().toPath().resolve("file");
    LegacyTable table = LegacyTable.of(format);
    try (LegacyWriter out = new LegacyWriter(file)) {
      table.begin(out);
      for (LegacyExtension extension : LegacyExtension.of(List.of(keys))) {
        table.extension(out, extension, key -> Secret.ofText("secret-of-" + key.keyIdentifier()));
      }
      table.end(out);
      out.finish();
    }
    String text = Files.readString(file);
    Files.delete(file);
    return text;
  }

  private static KeyRecord key(String identifier, String user, String domain, String realm) {
    return new KeyRecord(
        identifier,
        1,
        new Aor(user, domain),
        realm,
        Optional.empty(),
        1,
        DigestAlgorithm.MD5,
        "json",
        Optional.empty(),
        "e1",
        0,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  public void aLineOfCsvHasBothHa1() throws Exception {
    assertEquals(
        List.of(
            "extension,domain,user,realm,password,ha1_md5,ha1_sha256",
            "1001,localhost,ka,latchkey,secret-of-ka,dfac8d7570bfc77faad9f8d33ecb1142"
                + ",19732670ecda3243e7f5e1b6bfd2c464998638e8b2cdcf56ce3930739d3ab186"),
        written(Format.CSV, key("ka", "1001", "localhost", "latchkey")).lines().toList());
  }

  @Test
  public void whatMeansSomethingInCsvIsQuoted() throws Exception {
    String text = written(Format.CSV, key("ka", "a,\"b", "localhost", "our, realm"));
    assertTrue(text, text.contains("\"a,\"\"b\",localhost,ka,\"our, realm\",secret-of-ka,"));
  }

  @Test
  public void asteriskHasOneEndpointForAllPhonesOfAnExtension() throws Exception {
    assertEquals(
        """
        [ka]
        type=auth
        auth_type=userpass
        username=ka
        password=secret-of-ka

        [kb]
        type=auth
        auth_type=userpass
        username=kb
        password=secret-of-kb

        [1001](latchkey-aor)
        max_contacts=2

        [1001](latchkey-endpoint)
        auth=ka,kb
        aors=1001

        """,
        written(
            Format.ASTERISK,
            key("ka", "1001", "localhost", "latchkey"),
            key("kb", "1001", "localhost", "latchkey")));
  }

  @Test
  public void anExtensionOfTwoDomainsIsCalledByBoth() throws Exception {
    String text =
        written(
            Format.ASTERISK,
            key("ka", "1001", "a.example", "latchkey"),
            key("kb", "1001", "b.example", "latchkey"),
            key("kc", "1002", "b.example", "latchkey"));
    assertTrue(text, text.contains("[1001@a.example](latchkey-endpoint)\nauth=ka\n"));
    assertTrue(text, text.contains("[1001@b.example](latchkey-endpoint)\nauth=kb\n"));
    assertTrue(text, text.contains("[1002](latchkey-endpoint)\nauth=kc\n"));
  }

  @Test
  public void kamailioChecksByOneTableAndBindsByTheOther() throws Exception {
    assertEquals(
        "BEGIN;\n"
            + "INSERT INTO subscriber (username, domain, password, ha1) VALUES ('ka', 'localhost',"
            + " '', 'dfac8d7570bfc77faad9f8d33ecb1142');\n"
            + "INSERT INTO uri (username, domain, uri_user) VALUES ('ka', 'latchkey', '1001');\n"
            + "COMMIT;\n",
        written(Format.KAMAILIO, key("ka", "1001", "localhost", "latchkey")));
    String sha = written(Format.KAMAILIO_SHA_256, key("ka", "1001", "localhost", "latchkey"));
    assertTrue(
        sha, sha.contains("'19732670ecda3243e7f5e1b6bfd2c464998638e8b2cdcf56ce3930739d3ab186'"));
    assertFalse(sha, sha.contains("secret-of"));
  }

  @Test
  public void freeSwitchRegistersTheExtensionWhateverThePhoneSays() throws Exception {
    String text = written(Format.FREESWITCH, key("ka", "1001", "localhost", "latchkey"));
    assertTrue(text, text.contains("<user id=\"ka\" number-alias=\"1001\">"));
    assertTrue(text, text.contains("<param name=\"password\" value=\"secret-of-ka\"/>"));
    assertTrue(text, text.contains("<variable name=\"sip-force-user\" value=\"1001\"/>"));
  }

  @Test
  public void freeSwitchHasNoExtensionThatIsInTwoDomains() {
    List<LegacyExtension> both =
        LegacyExtension.of(
            List.of(
                key("ka", "1001", "a.example", "latchkey"),
                key("kb", "1001", "b.example", "latchkey"),
                key("kc", "1002", "b.example", "latchkey")));
    LegacyTable table = LegacyTable.of(Format.FREESWITCH);
    assertTrue(table.refusal(both.get(0)).isPresent());
    assertTrue(table.refusal(both.get(1)).isPresent());
    assertTrue(table.refusal(both.get(2)).isEmpty());
  }

  @Test
  public void noNameBreaksOutOfItsPlace() {
    for (String user : List.of("1'); DROP TABLE uri; --", "1]\n[evil", "1\"/><x>", "1;2", "a b")) {
      LegacyExtension extension = extension(user.replace("\n", ""), "latchkey");
      for (Format format : Format.values()) {
        assertEquals(
            format + user,
            format != Format.CSV,
            LegacyTable.of(format).refusal(extension).isPresent());
      }
    }
    LegacyTable kamailio = LegacyTable.of(Format.KAMAILIO);
    assertTrue(kamailio.refusal(extension("1001", "it's")).isPresent());
    assertTrue(kamailio.refusal(extension("1001", "back\\slash")).isPresent());
    assertTrue(kamailio.refusal(extension("1001", "latchkey")).isEmpty());
  }

  @Test
  public void moreThanABufferHoldsIsWrittenWhole() throws Exception {
    KeyRecord[] keys = new KeyRecord[500];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key("k" + i, "" + (1000 + i), "localhost", "latchkey");
    }
    List<String> lines = written(Format.CSV, keys).lines().toList();
    assertEquals(501, lines.size());
    for (int i = 0; i < keys.length; i++) {
      String start = "%d,localhost,k%d,latchkey,secret-of-k%d,".formatted(1000 + i, i, i);
      assertTrue(lines.get(i + 1), lines.get(i + 1).startsWith(start));
    }
  }

  private static LegacyExtension extension(String user, String realm) {
    return LegacyExtension.of(List.of(key("ka", user, "localhost", realm))).get(0);
  }
}
