package org.latchkey.phones.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.latchkey.key.DigestAlgorithm;
import org.latchkey.phone.FileRequest;
import org.latchkey.phone.Site;

public class TemplateTest {

  @Test
  public void variablesChoicesAndBracesAreWritten() {
    assertEquals("1001 at localhost", text("{user} at {domain}"));
    assertEquals("x=2;", text("x={transport|udp=0|tcp=1|tls=2};"));
    assertEquals("{MAC} of 805EC0000001", text("{{MAC}} of {MAC}"));
    assertEquals("+0 +00:00", text("{zone-hours} {zone-clock}"));
    assertEquals("https://pbx.example.org/provision/acme/", text("{here}"));
    assertEquals("pbx.example.org 443 5061", text("{host} {https-port} {port}"));
  }

  @Test
  public void aLineWithoutAValueIsLeftOut() {
    assertFalse(Template.of("{ntp}").fits(context()));
    assertFalse(Template.of("{ca-url?}always").fits(context()));
    assertFalse(Template.of("{transport|udp=0}").fits(context()));
    assertTrue(Template.of("{zone-clock?}always").fits(context()));
    assertEquals("always", text("{zone-clock?}always"));
  }

  @Test
  public void whatCantBeReadIsSaid() {
    for (String bad : List.of("{user", "{nobody}", "{}", "{srtp|off}", "{srtp|=x}", "{user|}")) {
      assertThrows(bad, IllegalArgumentException.class, () -> Template.of(bad));
    }
  }

  @Test
  public void theOutputIsUtf8HoweverLongItGrows() {
    WipedOutput out = new WipedOutput();
    String text = "aé漢😀\n".repeat(5_000);
    out.text(text);
    out.write("end".getBytes(StandardCharsets.UTF_8), 0, 3);
    assertEquals(text + "end", new String(out.end().copy(), StandardCharsets.UTF_8));
    assertEquals("nothing is left", 0, out.end().length());
  }

  private static String text(String template) {
    return Template.of(template).text(context());
  }

  private static Context context() {
    return new Context(
        "acme",
        PhoneSettings.STANDARD.with("time-zone", "UTC"),
        MenuPassword.CHARACTERS,
        new FileRequest(
            "device", Optional.of("805ec0000001"), Optional.empty(), Optional.empty(), List.of(1)),
        new Site(URI.create("https://pbx.example.org/provision/"), ""),
        Optional.of(1),
        Optional.of(TestPhones.key("Anna", "1001", DigestAlgorithm.MD5)));
  }
}
