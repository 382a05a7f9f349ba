package org.latchkey.audit.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class InboxTest {

  @Test
  public void whatDoesNotFitIsDroppedAndCounted() {
    Inbox<Integer> inbox = new Inbox<>(3);
    for (int i = 0; i < 5; i++) {
      inbox.offer(i);
    }
    List<Integer> filed = new ArrayList<>();
    inbox.drain(filed::add);
    assertEquals(List.of(0, 1, 2), filed);
    assertEquals(2, inbox.dropped());
  }

  @Test
  public void onceDrainedThereIsRoomAgain() {
    Inbox<Integer> inbox = new Inbox<>(1);
    inbox.offer(1);
    inbox.drain(i -> {});
    inbox.offer(2);
    List<Integer> filed = new ArrayList<>();
    inbox.drain(filed::add);
    assertEquals(List.of(2), filed);
    assertEquals(0, inbox.dropped());
    assertTrue(inbox.isEmpty());
  }

  @Test
  public void whoeverDrainsIsNotKeptForeverByWhatKeepsComing() {
    Inbox<Integer> inbox = new Inbox<>(4);
    inbox.offer(0);
    List<Integer> filed = new ArrayList<>();
    inbox.drain(
        i -> {
          filed.add(i);
          inbox.offer(i + 1);
        });
    assertEquals(List.of(0, 1, 2, 3), filed);
  }
}
