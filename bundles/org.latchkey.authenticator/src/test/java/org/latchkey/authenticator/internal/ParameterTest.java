package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;

import java.util.Locale;
import java.util.Map;
import org.junit.Test;

/** A parameter is known by its whole name in any case, and by nothing that looks like it. */
public class ParameterTest {

  private static final Map<String, Parameter> ALL =
      Map.of(
          "username", Parameter.USERNAME,
          "realm", Parameter.REALM,
          "nonce", Parameter.NONCE,
          "uri", Parameter.URI,
          "response", Parameter.RESPONSE,
          "cnonce", Parameter.CNONCE,
          "nc", Parameter.NC,
          "qop", Parameter.QOP,
          "algorithm", Parameter.ALGORITHM);

  /** Found the same wherever it stands: before other text, and as the last of the header. */
  private static Parameter named(String name) {
    byte[] bytes = Office.utf8(name);
    Parameter atTheEnd = Parameter.named(bytes, 0, bytes.length);
    byte[] within = Office.utf8(", " + name + "=\"" + "x".repeat(20));
    assertSame(name, atTheEnd, Parameter.named(within, 2, 2 + bytes.length));
    byte[] near = Office.utf8(", " + name + "=x");
    assertSame(name, atTheEnd, Parameter.named(near, 2, 2 + bytes.length));
    return atTheEnd;
  }

  @Test
  public void eachNameIsKnownInAnyCase() {
    assertEquals(Parameter.COUNT, ALL.size());
    ALL.forEach(
        (name, parameter) -> {
          assertSame(parameter, named(name));
          assertSame(parameter, named(name.toUpperCase(Locale.ROOT)));
          assertSame(
              parameter, named(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)));
        });
  }

  @Test
  public void noOtherCharacterStandsForOneOfTheName() {
    ALL.forEach(
        (name, parameter) -> {
          for (int i = 0; i < name.length(); i++) {
            for (char c = 0; c < 0x80; c++) {
              String other = name.substring(0, i) + c + name.substring(i + 1);
              assertSame(other, other.equalsIgnoreCase(name) ? parameter : null, named(other));
            }
          }
        });
  }

  @Test
  public void partsOfANameAndLongerNamesAreOthers() {
    ALL.keySet()
        .forEach(
            name -> {
              assertNull(named(name + "s"));
              assertNull(named(name + name));
              if (!name.equals("cnonce")) {
                assertNull(named(name.substring(1)));
              }
              assertNull(named(name.substring(0, name.length() - 1)));
            });
  }
}
