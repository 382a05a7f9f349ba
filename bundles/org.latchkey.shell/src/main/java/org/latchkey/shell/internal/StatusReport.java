package org.latchkey.shell.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.latchkey.key.Enrolments;
import org.latchkey.pbx.PbxControl;
import org.latchkey.shell.internal.Parts.BundleState;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;

/** How Latchkey is on this node: what each part says, which are absent, and what does not fit. */
public final class StatusReport {

  /** A part has 2 seconds by its contract; nobody waits for one that hangs. */
  private static final long PATIENCE_SECONDS = 4;

  /**
   * A line and the part that says it.
   *
   * @param part the part in words
   * @param line what it says
   */
  public record Entry(String part, StatusLine line) {}

  private final Parts parts;
  private final ConsoleAccess access;

  /** A report on these parts and on who may type commands. */
  public StatusReport(Parts parts, ConsoleAccess access) {
    this.parts = parts;
    this.access = access;
  }

  /** All lines, the worst first. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(sources());
    entries.addAll(absent());
    entries.addAll(ask("PBX realms", this::realms));
    access.lines().forEach(line -> entries.add(new Entry("console", line)));
    entries.sort(Comparator.comparing((Entry entry) -> entry.line().level()).reversed());
    return entries;
  }

  private List<Entry> sources() {
    ExecutorService askers = Executors.newCachedThreadPool(StatusReport::daemon);
    try {
      List<StatusSource> sources = parts.all(StatusSource.class);
      List<Future<List<StatusLine>>> answers = new ArrayList<>();
      sources.forEach(source -> answers.add(askers.submit(source::status)));
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        entries.addAll(entries(sources.get(i).part(), answers.get(i)));
      }
      return entries;
    } finally {
      askers.shutdownNow();
    }
  }

  private static Thread daemon(Runnable asking) {
    Thread thread = new Thread(asking, "latchkey-status");
    thread.setDaemon(true);
    return thread;
  }

  private List<Entry> ask(String part, Callable<List<StatusLine>> question) {
    ExecutorService asker = Executors.newSingleThreadExecutor(StatusReport::daemon);
    try {
      return entries(part, asker.submit(question));
    } finally {
      asker.shutdownNow();
    }
  }

  private static List<Entry> entries(String part, Future<List<StatusLine>> answer) {
    List<StatusLine> lines;
    try {
      lines = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      lines = List.of(dumb("It did not answer within %d seconds".formatted(PATIENCE_SECONDS)));
    } catch (ExecutionException e) {
      lines = List.of(dumb("It failed when asked: " + e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lines = List.of(dumb("Nobody waited for its answer"));
    }
    return lines.stream().map(line -> new Entry(part, line)).toList();
  }

  private static StatusLine dumb(String words) {
    return StatusLine.fault(words, "See log:display, and restart its bundle.");
  }

  private List<Entry> absent() {
    List<Entry> entries = new ArrayList<>();
    List<Part> notInstalled = new ArrayList<>();
    for (Part part : Part.values()) {
      boolean offered = part.services().stream().allMatch(type -> !parts.all(type).isEmpty());
      if (!offered && parts.state(part) == BundleState.NOT_INSTALLED) {
        notInstalled.add(part);
      } else if (!offered) {
        StatusLine line = StatusLine.fault("It is not running: " + parts.absence(part), "");
        entries.add(new Entry(part.words(), line));
      }
    }
    if (!notInstalled.isEmpty()) {
      String names =
          notInstalled.stream()
              .map(part -> part.words() + " (" + part.bundle() + ")")
              .collect(Collectors.joining(", "));
      entries.add(new Entry("node", StatusLine.ok("Not installed on this node: " + names + ".")));
    }
    return entries;
  }

  private List<StatusLine> realms() {
    Optional<String> issued = parts.find(Enrolments.class).map(agent -> agent.site().realm());
    List<StatusLine> lines = new ArrayList<>();
    for (PbxControl pbx : parts.all(PbxControl.class)) {
      if (issued.isPresent() && !issued.get().equals(pbx.realm())) {
        lines.add(
            StatusLine.warning(
                "The PBX '%s' challenges with realm '%s', but keys are issued for realm '%s': no phone registers there."
                    .formatted(pbx.name(), pbx.realm(), issued.get()),
                "Give the PBX the realm of etc/org.latchkey.keyagent.cfg. Changing that one instead means new keys for all phones."));
      }
    }
    return lines;
  }
}
