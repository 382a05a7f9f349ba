package org.latchkey.pbx.http.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;

/** A PBX that heard a no over RADIUS asks whether it was ours. */
public class RefusalTest {

  private static final String OURS = "200 {\"result\":\"refused\"}";
  private static final String NOT_OURS = "200 {\"result\":\"unknown\"}";

  private final Site site = new Site();

  @Before
  public void oneWasRefused() {
    site.recentRefusals =
        Optional.of((key, aor) -> key.equals("k1") && aor.toString().equals("1001@example.org"));
  }

  private String asked(String key, String aor) throws Exception {
    return site.ask("/v1/refusals", Map.of("keyIdentifier", key, "aor", aor));
  }

  @Test
  public void onlyWhoWasRefusedForThatExtensionWasRefused() throws Exception {
    assertEquals(OURS, asked("k1", "sip:1001@example.org"));
    assertEquals(NOT_OURS, asked("k2", "sip:1001@example.org"));
    assertEquals(NOT_OURS, asked("k1", "sip:1002@example.org"));
  }

  @Test
  public void withoutAnAdapterThatRefusesNobodyKnows() throws Exception {
    site.recentRefusals = Optional.empty();
    assertTrue(asked("k1", "sip:1001@example.org").startsWith("503 "));
  }

  @Test
  public void strangersAndBadQuestionsHearNothing() throws Exception {
    assertTrue(site.ask("/v1/refusals", Map.of("aor", "1001@example.org")).startsWith("400 "));
    site.certificate = "";
    assertTrue(asked("k1", "sip:1001@example.org").startsWith("404 "));
  }
}
