package org.latchkey.shell.internal.command;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.latchkey.door.PbxTokens;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;
import org.latchkey.shell.internal.FakeParts;
import org.latchkey.shell.internal.Paper;

public final class PbxTokenCommandTest {

  private final Tokens tokens = new Tokens();
  private final Paper paper = new Paper();

  private String typed(PbxTokenCommand command, String... words) {
    command.words = List.of(words);
    command.run(FakeParts.running(tokens), paper.pipe());
    return paper.text();
  }

  @Test
  public void aTokenIsShownOnceAndNeverListed() {
    String shown = typed(new PbxTokenCommand(), "pbx1");
    assertTrue(shown, shown.contains("Authorization: Bearer letters"));
    assertTrue("its first", shown.contains("without a certificate"));
    assertEquals(List.of("made pbx1 by console"), tokens.done);
    Paper list = new Paper();
    PbxTokenCommand command = new PbxTokenCommand();
    command.run(FakeParts.running(tokens), list.pipe());
    assertTrue(list.text(), list.text().contains("pbx1"));
    assertFalse(list.text(), list.text().contains("letters"));
  }

  @Test
  public void itSaysWhenThereIsNone() {
    assertTrue(typed(new PbxTokenCommand()).contains("demands a client certificate"));
  }

  @Test
  public void oneIsRevokedByItsName() {
    PbxTokenCommand command = new PbxTokenCommand();
    command.revoke = "pbx1";
    typed(command);
    assertEquals(List.of("revoked pbx1 by console"), tokens.done);
  }

  @Test
  public void twoNamesAndANameBesideARevocationAreRefused() {
    assertThrows(RequestRefusedException.class, () -> typed(new PbxTokenCommand(), "pbx1", "pbx2"));
    PbxTokenCommand both = new PbxTokenCommand();
    both.revoke = "pbx1";
    assertThrows(RequestRefusedException.class, () -> typed(both, "pbx2"));
    assertEquals(List.of(), tokens.done);
  }

  private static final class Tokens implements PbxTokens {
    private final List<String> done = new ArrayList<>();
    private final List<Token> good = new ArrayList<>();

    @Override
    public Secret make(String name, String actor) {
      done.add("made " + name + " by " + actor);
      good.add(new Token(name, Instant.EPOCH));
      return Secret.ofText("letters");
    }

    @Override
    public void revoke(String name, String actor) {
      done.add("revoked " + name + " by " + actor);
    }

    @Override
    public List<Token> tokens() {
      return good;
    }
  }
}
