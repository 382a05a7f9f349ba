package org.latchkey.authenticator.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the log holds: each refusal in one line, no flood, and nothing that helps an attacker. */
public class WitnessesTest {

  private static final Logger LOG = Logger.getLogger(DigestAuthenticator.class.getName());

  @Rule public TemporaryFolder folder = new TemporaryFolder();
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Office office;
  private Phone phone;

  @Before
  public void listen() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
    LOG.setLevel(Level.ALL);
    office = new Office(Path.of(folder.getRoot().getPath(), "nonce.key"));
    phone = office.phone();
  }

  @After
  public void listenNoMore() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
    LOG.setLevel(null);
  }

  private String refused() {
    String nonce = Office.nonce(office.ask(phone.knock()));
    office.ask(phone.withSecret("wrong").answer(nonce));
    return nonce;
  }

  @Test
  public void aRefusalIsOneLineWithKeySourceAndReason() {
    refused();
    assertEquals(
        List.of(
            "Refused "
                + phone.username
                + " from 192.0.2.7: it has a wrong secret, or a key for another extension"),
        lines);
  }

  @Test
  public void aFloodIsSixtyLinesAMinuteAndACount() {
    for (int i = 0; i < 1000; i++) {
      refused();
    }
    assertEquals(60, lines.size());
    office.clock.pass(Duration.ofMinutes(1));
    refused();
    assertEquals("Refused 940 more requests, of which no line was written", lines.get(60));
    assertEquals(62, lines.size());
  }

  @Test
  public void anAcceptanceIsNoLine() {
    office.ask(phone.answer(Office.nonce(office.ask(phone.knock()))));
    assertEquals(List.of(), lines);
  }

  @Test
  public void anInventedNameIsNotRepeated() {
    phone.username = "k0100000000000000000000000000000";
    refused();
    assertEquals(
        List.of(
            "Refused an unknown key from 192.0.2.7: it used a key identifier that was never issued"),
        lines);
  }

  @Test
  public void aFaultIsToldOnceForItsKind() {
    String nonce = Office.nonce(office.ask(phone.knock()));
    office.keys.thrown = new IllegalStateException("gone");
    for (int i = 0; i < 100; i++) {
      office.ask(phone.answer(nonce));
    }
    assertEquals(2, lines.size());
    office.keys.thrown = null;
    assertEquals("accepted", Office.words(office.ask(phone.answer(nonce))));
    office.authenticator.unbindKeys(office.keys);
    phone.nc = "00000002";
    office.ask(phone.answer(nonce));
    assertTrue(lines.get(2), lines.get(2).startsWith("No request can be checked: "));
  }

  @Test
  public void neitherLogNorJournalHoldsANonceAResponseOrTheSecret() {
    String nonce = refused();
    office.ask(phone.answer(nonce));
    phone.nc = "00000002";
    office.ask(phone.answer(nonce));
    String all = lines + office.journal.toString();
    String header = phone.authorization(nonce);
    String response = header.replaceAll(".*response=\"([^\"]*)\".*", "$1");
    assertFalse(all.contains(nonce));
    assertFalse(all.contains(response));
    assertTrue("the search finds what is there", all.contains(phone.username));
  }
}
