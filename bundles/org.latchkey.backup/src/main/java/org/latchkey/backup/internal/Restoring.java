package org.latchkey.backup.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.Restoration;
import org.latchkey.key.Generation;
import org.latchkey.key.RequestRefusedException;

/** One restore: checks everything, puts it ready, and lets the parts take it over. */
final class Restoring {

  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 100;

  private final PartSource source;
  private final Path base;
  private final Clock clock;

  Restoring(PartSource source, Path base, Clock clock) {
    this.source = source;
    this.base = base;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param folder where the backup is
   * @param key of its shares; the caller's to close
   * @param discard whether what is on this node may be replaced
   * @param rehearsal whether nothing is to be changed
   */
  record Wanted(
      Path folder, Header header, BackupKey key, String actor, boolean discard, boolean rehearsal) {

    List<String> missing() {
      return header.parts().stream().filter(part -> !SealedFile.in(folder, part).exists()).toList();
    }
  }

  /**
   * Does it.
   *
   * @return what an administrator should know
   * @throws RequestRefusedException when nothing was changed
   */
  List<String> carryOut(Wanted wanted) {
    List<BackupPart> parts = source.parts();
    Set<String> here = parts.stream().map(BackupPart::name).collect(Collectors.toSet());
    try {
      requireRoom(wanted, parts);
      for (String part : wanted.header().parts()) {
        SealedFile file = SealedFile.in(wanted.folder(), part);
        if (file.exists()) {
          requireTaker(part, here);
          verify(file, wanted);
        }
      }
      List<String> notes = new ArrayList<>();
      for (String part : wanted.missing()) {
        notes.add(missing(part, parts));
      }
      try (Staging staging = Staging.in(base)) {
        notes.addAll(stage(wanted, parts, staging));
        if (wanted.rehearsal()) {
          return notes;
        }
        staging.commit(clock);
      }
      notes.addAll(source.restart());
      awaitTakeover().ifPresent(notes::add);
      return notes;
    } catch (IOException e) {
      throw refused(Fault.of(e));
    }
  }

  private static String missing(String name, List<BackupPart> parts) {
    String words =
        parts.stream()
            .filter(part -> part.name().equals(name))
            .map(BackupPart::words)
            .findFirst()
            .orElse("it");
    return "%s.backup is not there, so nothing is restored of %s.".formatted(name, words);
  }

  private void requireRoom(Wanted wanted, List<BackupPart> parts) throws IOException {
    if (Staging.isPending(base)) {
      throw refused(
          "another restore has not come to its end. Start Karaf anew, and look at %s"
              .formatted(base));
    }
    if (wanted.discard()) {
      return;
    }
    String present =
        parts.stream()
            .flatMap(part -> part.present().stream())
            .collect(Collectors.joining(" and "));
    if (!present.isEmpty()) {
      throw refused(
          "this node has %s. Restore on a new one, or type --discard-phones to lose them"
              .formatted(present));
    }
  }

  private static void requireTaker(String part, Set<String> here) {
    if (!here.contains(part)) {
      throw refused(
          ("nothing here takes the backup's part '%s': start or install what offers it, or take"
                  + " %s.backup out of the directory")
              .formatted(part, part));
    }
  }

  private static void verify(SealedFile file, Wanted wanted) {
    try {
      file.verify(wanted.key(), wanted.header());
    } catch (IOException e) {
      throw refused(
          "%s can't be used: %s. Take another copy of it".formatted(file.path(), Fault.of(e)));
    }
  }

  private static List<String> stage(Wanted wanted, List<BackupPart> parts, Staging staging)
      throws IOException {
    Header header = wanted.header();
    List<String> restored = new ArrayList<>(header.parts());
    restored.removeAll(wanted.missing());
    Restoration about =
        new Restoration(wanted.actor(), header.backup(), header.takenAt(), Set.copyOf(restored));
    List<String> notes = new ArrayList<>();
    List<Generation> generations = new ArrayList<>();
    for (BackupPart part : parts) {
      Path folder = staging.of(part.name());
      if (restored.contains(part.name())) {
        SealedFile file = SealedFile.in(wanted.folder(), part.name());
        try (OpeningStream in = file.reading(wanted.key(), header)) {
          notes.addAll(part.stage(in, folder, about));
          in.end();
        }
      } else {
        notes.addAll(part.stageWithout(folder, about));
      }
      generations.addAll(part.generations(folder));
    }
    for (BackupPart part : parts) {
      notes.addAll(part.compare(staging.path(part.name()), generations));
    }
    return notes;
  }

  private Optional<String> awaitTakeover() throws IOException {
    long end = System.nanoTime() + TAKEOVER.toNanos();
    try {
      while (Staging.isPending(base)) {
        if (System.nanoTime() > end) {
          return Optional.of(
              "A part has not taken over what was restored: latchkey:status names it. The restore"
                  + " goes on when it starts.");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static RequestRefusedException refused(String why) {
    return new RequestRefusedException("Nothing was restored: " + why + ".");
  }
}
