package org.latchkey.doctor.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.status.Doctor.Outcome;
import org.latchkey.status.Doctor.Step;

public final class FindingsTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aStepThatHangsIsGivenUpAndTheNextIsTried() {
    CountDownLatch never = new CountDownLatch(1);
    try (Findings findings = findings(Duration.ofMinutes(1), Duration.ofMillis(100))) {
      findings.examine(
          "store",
          List.of(),
          () -> {
            never.await();
            return "";
          });
      findings.examine("clock", List.of(), () -> "right");
      assertEquals(
          List.of(Outcome.FAILED, Outcome.PASSED),
          findings.steps().stream().map(Step::outcome).toList());
    }
  }

  @Test
  public void aStepThatNeedsAFailedOneIsSkippedAndSaysWhy() {
    try (Findings findings = findings(Duration.ofMinutes(1), Duration.ofSeconds(10))) {
      findings.examine(
          "store",
          List.of(),
          () -> {
            throw new StoreUnavailableException("it is read-only.", new IOException("ro"));
          });
      findings.examine("enrolment", List.of("store"), () -> "never");
      Step store = findings.steps().get(0);
      assertTrue(store.saw().contains("it is read-only"));
      assertTrue(store.next().contains("latchkey/store"));
      assertEquals(Outcome.SKIPPED, findings.steps().get(1).outcome());
      assertEquals("needs 'store'", findings.steps().get(1).saw());
    }
  }

  @Test
  public void whenTheTimeIsOverNothingNewIsBegunButCleaningUpIs() {
    try (Findings findings = findings(Duration.ZERO, Duration.ofSeconds(10))) {
      findings.examine("call", List.of(), () -> "never");
      findings.examineAnyway("cleaning up", () -> "done");
      assertEquals(
          List.of(Outcome.SKIPPED, Outcome.PASSED),
          findings.steps().stream().map(Step::outcome).toList());
    }
  }

  @Test
  public void aDiskThatIsAlmostFullOrNotThereIsSaidToBe() {
    Path base = folder.getRoot().toPath();
    try (Findings findings = findings(Duration.ofMinutes(1), Duration.ofSeconds(30))) {
      findings.examine("full", List.of(), () -> new Disk(base, Integer.MAX_VALUE).check());
      findings.examine("absent", List.of(), () -> new Disk(base.resolve("no"), 1).check());
      findings.examine("good", List.of(), () -> new Disk(base, 0).check());
      assertTrue(findings.steps().get(0).saw().contains("almost full"));
      assertTrue(findings.steps().get(1).saw().contains("There is no directory"));
      assertEquals(Outcome.PASSED, findings.steps().get(2).outcome());
    }
  }

  private static Findings findings(Duration budget, Duration longestStep) {
    return new Findings(step -> {}, budget, longestStep);
  }
}
