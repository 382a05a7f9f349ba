package org.latchkey.backup.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.latchkey.backup.OpenBackup;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** A backup that waits for its shares. */
final class Opened implements OpenBackup {

  private final Path folder;
  private final Header header;
  private final Function<Restoring.Wanted, List<String>> restoring;
  private final Map<Integer, Share> given = new TreeMap<>();

  Opened(Path folder, Header header, Function<Restoring.Wanted, List<String>> restoring) {
    this.folder = folder;
    this.header = header;
    this.restoring = restoring;
  }

  @Override
  public String name() {
    return header.backup();
  }

  @Override
  public Instant takenAt() {
    return header.takenAt();
  }

  @Override
  public int shares() {
    return header.fingerprints().size();
  }

  @Override
  public int threshold() {
    return header.threshold();
  }

  @Override
  public int needed() {
    return Math.max(0, threshold() - given.size());
  }

  @Override
  public int give(Secret text) {
    Share share = Share.parse(text, shares());
    boolean taken = false;
    try {
      int number = share.number();
      require(
          share.backup().equals(name()),
          "Share %d is of another backup, %s; this is backup %s. Look for the share with its name."
              .formatted(number, share.backup(), name()));
      require(
          number >= 1 && number <= shares() && isOriginal(share),
          ("Share %d is not the one that was made for this backup: somebody has altered it, or the"
                  + " backup. Take another share.")
              .formatted(number));
      require(
          !given.containsKey(number),
          "Share %d was given already. Take another share.".formatted(number));
      require(
          needed() > 0, "Share %d is not needed: %d were given.".formatted(number, given.size()));
      given.put(number, share);
      taken = true;
      return number;
    } finally {
      if (!taken) {
        share.close();
      }
    }
  }

  private boolean isOriginal(Share share) {
    String original = header.fingerprints().get(share.number() - 1);
    return share.threshold() == threshold()
        && MessageDigest.isEqual(
            original.getBytes(StandardCharsets.US_ASCII),
            share.fingerprint().getBytes(StandardCharsets.US_ASCII));
  }

  private static void require(boolean fine, String sentence) {
    if (!fine) {
      throw new RequestRefusedException(sentence);
    }
  }

  @Override
  public List<String> rehearse(String actor) {
    return carryOut(actor, true, true);
  }

  @Override
  public List<String> restore(boolean discard, String actor) {
    return carryOut(actor, discard, false);
  }

  private List<String> carryOut(String actor, boolean discard, boolean rehearsal) {
    require(
        needed() == 0,
        "Nothing was restored: %d of %d shares were given, %d are needed."
            .formatted(given.size(), shares(), threshold()));
    try (BackupKey key = BackupKey.of(given.values())) {
      return restoring.apply(new Restoring.Wanted(folder, header, key, actor, discard, rehearsal));
    }
  }

  @Override
  public void close() {
    given.values().forEach(Share::close);
  }
}
