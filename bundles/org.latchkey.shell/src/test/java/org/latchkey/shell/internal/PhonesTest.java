package org.latchkey.shell.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.Test;
import org.latchkey.key.RequestRefusedException;

public final class PhonesTest {

  private static final String KEY = "kaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String OTHER = "kbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

  private final FakeAgent agent =
      new FakeAgent()
          .issued(KEY, "1001", "805ec0000001", 1)
          .issued(OTHER, "1002", "805ec0000001", 2);
  private final FakePbx pbx =
      new FakePbx("latchkey")
          .registered("1001", KEY, "10.0.0.5:5060", "baresip")
          .registered("2000", "", "10.0.0.9:5060", "old phone");
  private final FakeQuarantine quarantine = new FakeQuarantine();
  private final Phones phones = new Phones(FakeParts.running(agent, pbx, quarantine));

  @Test
  public void aPhoneIsFoundByWhateverNamesIt() {
    for (String name :
        List.of("1001", "1001@LOCALHOST", KEY, KEY.toUpperCase(Locale.ROOT), "10.0.0.5")) {
      assertEquals(name, KEY, phones.live(name).keyIdentifier());
    }
    assertEquals(OTHER, phones.live("1002").keyIdentifier());
  }

  @Test
  public void aDeviceOfTwoLinesIsAskedFor() {
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> phones.live("80-5E-C0-00-00-01"));
    assertTrue(refused.getMessage().contains(KEY));
    assertTrue(refused.getMessage().contains(OTHER));
  }

  @Test
  public void oldPhonesAreListedButCanNotBeMeant() {
    assertEquals(3, phones.all().size());
    assertEquals("registered", phones.meant("2000").get(0).state());
    assertThrows(RequestRefusedException.class, () -> phones.live("2000"));
  }

  @Test
  public void theStateSaysAllThatCounts() {
    assertEquals("registered", phones.live("1001").state());
    assertEquals("never registered", phones.live("1002").state());
    quarantine.hold(KEY, "noise", "ann");
    assertEquals("registered, held", phones.live("1001").state());
    agent.revoke(OTHER, "lost", "ann");
    assertEquals("revoked", phones.meant("1002").get(0).state());
    assertThrows(RequestRefusedException.class, () -> phones.live("1002"));
  }

  @Test
  public void aRegisteredPhoneIsFoundWhileTheAgentIsAway() {
    Phones node = new Phones(FakeParts.running(pbx, quarantine));
    assertEquals(KEY, node.live("1001").keyIdentifier());
    RequestRefusedException refused =
        assertThrows(RequestRefusedException.class, () -> node.live("1002"));
    assertTrue(refused.getMessage().contains("key agent is not running"));
  }
}
