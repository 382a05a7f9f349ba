package org.latchkey.shell.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.latchkey.key.EnrolmentOrder;
import org.latchkey.key.Enrolments;
import org.latchkey.key.Enrolments.NewEnrolment;
import org.latchkey.key.Enrolments.Problem;
import org.latchkey.key.RequestRefusedException;

/** The enrolment of all phones of a file: first every line is checked, then all are enrolled. */
public final class Import {

  private final Enrolments agent;
  private final Printout out;
  private final List<ImportFile.BadLine> bad;
  private final List<ImportFile.BadLine> listed = new ArrayList<>();
  private List<ImportFile.Line> good;

  /** The import of a file by an agent. */
  public Import(Enrolments agent, ImportFile file, Printout out) {
    this.agent = agent;
    this.out = out;
    this.good = file.lines();
    this.bad = new ArrayList<>(file.badLines());
  }

  /**
   * The file that the option {@code --codes} names.
   *
   * @throws RequestRefusedException when it names none: the codes would be lost
   */
  public static Path codesFile(@Nullable String option, Path directory) {
    if (option == null) {
      throw new RequestRefusedException(
          "Nothing was changed: say --codes FILE. The one-time codes are written there, and shown"
              + " nowhere else; without them no phone gets its key.");
    }
    return directory.resolve(option);
  }

  /**
   * Checks every line, names the bad ones, and leaves out those that the inventory has already.
   *
   * @param keepLines whether devices keep their other lines when their first one is enrolled
   * @throws RequestRefusedException when a line is bad and {@code tolerant} is false
   */
  public void check(boolean tolerant, boolean keepLines) {
    if (keepLines) {
      good =
          good.stream()
              .map(line -> new ImportFile.Line(line.number(), line.order().keepingLines()))
              .toList();
    }
    List<Problem> problems = agent.check(orders());
    for (Problem problem : problems) {
      ImportFile.BadLine line =
          new ImportFile.BadLine(good.get(problem.index()).number(), problem.sentence());
      (problem.listed() ? listed : bad).add(line);
    }
    Set<Integer> places = problems.stream().map(Problem::index).collect(Collectors.toSet());
    List<ImportFile.Line> all = good;
    good =
        IntStream.range(0, all.size()).filter(i -> !places.contains(i)).mapToObj(all::get).toList();
    bad.sort(Comparator.comparingLong(ImportFile.BadLine::number));
    listed.forEach(line -> out.line("line " + line.number() + ", left out: " + line.sentence()));
    bad.forEach(line -> out.line("line " + line.number() + ": " + line.sentence()));
    if (!bad.isEmpty() && !tolerant) {
      throw new RequestRefusedException(
          "Nothing was changed: %d of %d lines are bad. Put them right, or leave them out with --skip-bad."
              .formatted(bad.size(), bad.size() + listed.size() + good.size()));
    }
  }

  private List<EnrolmentOrder> orders() {
    return good.stream().map(ImportFile.Line::order).toList();
  }

  /**
   * Says what an import would do.
   *
   * @throws RequestRefusedException when a line is bad
   */
  public void conclude() {
    out.line("%d lines are good, nothing was changed.".formatted(good.size()));
    if (!bad.isEmpty()) {
      throw new RequestRefusedException(bad.size() + " lines are bad.");
    }
  }

  /** Enters the good lines into the inventory. */
  public void enlist(String actor) {
    if (good.isEmpty() && !listed.isEmpty()) {
      out.line("Nothing was changed: all %d phones are listed already.".formatted(listed.size()));
      return;
    }
    List<NewEnrolment> made = enrolled(actor);
    made.forEach(NewEnrolment::close);
    out.line("Entered %d phones into the inventory%s.".formatted(made.size(), skipped()));
    out.line(
        "They get their keys by factory certificate (latchkey:factory-trust), or while latchkey:window --inventory is open.");
  }

  /** Enrols the good lines and writes their codes. */
  public void enrol(Path codes, String actor) {
    requireSome();
    try (CodesFile file = CodesFile.create(codes)) {
      List<NewEnrolment> made = enrolled(actor);
      try {
        file.write(made);
      } catch (IOException e) {
        made.forEach(one -> agent.cancel(one.enrolment().id(), actor));
        throw new RequestRefusedException(
            "The codes could not be written to %s (%s), so all enrolments were cancelled again. Make room, and import once more."
                .formatted(file.path(), e.getMessage()));
      } finally {
        made.forEach(NewEnrolment::close);
      }
      out.line("Enrolled %d phones%s.".formatted(made.size(), skipped()));
      out.line(
          "Their one-time codes are in %s, for its owner only. Delete it when they are used."
              .formatted(file.path()));
    }
  }

  private List<NewEnrolment> enrolled(String actor) {
    requireSome();
    return agent.enrolAll(orders(), actor, done -> out.progress(done, good.size()));
  }

  private void requireSome() {
    if (good.isEmpty()) {
      throw new RequestRefusedException("Nothing was changed: the file names no phone.");
    }
  }

  private String skipped() {
    return (listed.isEmpty() ? "" : ", left out %d listed already".formatted(listed.size()))
        + (bad.isEmpty() ? "" : ", left out " + bad.size() + " bad lines");
  }
}
