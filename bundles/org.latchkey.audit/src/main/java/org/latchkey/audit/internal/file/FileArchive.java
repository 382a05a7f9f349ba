package org.latchkey.audit.internal.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.PhoneNames;
import org.latchkey.audit.internal.backup.AuditBackup;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in one owner-only file, {@code latchkey/audit/records} below Karaf's base. After any
 * failure it is closed, and opened anew by the next call. It has no index: others are searched
 * first.
 */
@Component(
    service = {AuditSink.class, AuditArchive.class},
    property = "service.ranking:Integer=-100")
public final class FileArchive implements AuditArchive, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileArchive.class);
  private static final int SEARCH_WINDOW = 1_000;
  private static final long UNKNOWN = -1;

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Path path;
  private final ChainFile.Force force;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ChainFile file;
  private volatile boolean closed;
  private volatile long length = UNKNOWN;

  /** A file that is opened when it is first asked for. */
  @Activate
  public FileArchive() {
    this(AuditBackup.folder().resolve("records"));
  }

  /** A file at this path. */
  public FileArchive(Path path) {
    this(path, channel -> channel.force(false));
  }

  FileArchive(Path path, ChainFile.Force force) {
    this.path = path;
    this.force = force;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public void write(List<ChainedRecord> records) {
    lock.lock();
    try {
      ChainFile opened = opened();
      long end = opened.last().map(ChainedRecord::number).orElse(0L);
      List<ChainedRecord> fresh = records.stream().filter(r -> r.number() > end).toList();
      if (!fresh.isEmpty() && fresh.get(0).number() != end + 1) {
        throw new IOException("it ends with record " + end);
      }
      opened.append(fresh);
      length = opened.length();
    } catch (IOException | RuntimeException e) {
      discard();
      throw unavailable("can't be written", e);
    } finally {
      leave();
    }
  }

  @Override
  public Optional<ChainedRecord> last() {
    lock.lock();
    try {
      return opened().last();
    } catch (IOException | RuntimeException e) {
      discard();
      throw unavailable("can't be opened", e);
    } finally {
      leave();
    }
  }

  @Override
  public List<ChainedRecord> read(long first, int most) {
    try {
      return new Lines(path, readable()).from(first, most);
    } catch (IOException e) {
      throw unavailable("can't be read", e);
    }
  }

  @Override
  public void readAll(Reader reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      long end = readable();
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (long at = 0; at < end; at++) {
        int next = in.read();
        line.write(next);
        if (next == '\n' || at == end - 1) {
          boolean more =
              RecordLine.decode(line.toByteArray())
                  .map(reader::record)
                  .orElseGet(reader::unreadable);
          if (!more) {
            return;
          }
          line.reset();
        }
      }
    } catch (IOException e) {
      throw unavailable("can't be read", e);
    }
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    List<AuditRecord> found = new ArrayList<>();
    long before = last().map(ChainedRecord::number).orElse(0L) + 1;
    while (before > query.after() + 1 && found.size() < query.limit()) {
      long first = Math.max(query.after() + 1, before - SEARCH_WINDOW);
      List<ChainedRecord> window = new ArrayList<>(read(first, (int) (before - first)));
      Collections.reverse(window);
      window.stream()
          .filter(r -> fits(query, r.entry()))
          .limit(query.limit() - found.size())
          .map(ChainedRecord::record)
          .forEach(found::add);
      before = first;
    }
    return found;
  }

  private static boolean fits(AuditQuery query, AuditEntry e) {
    Set<String> names = PhoneNames.of(e.keyIdentifier(), e.aor(), e.device(), e.source());
    return e.action().startsWith(query.action())
        && (query.phone().isBlank()
            || !Collections.disjoint(names, PhoneNames.meantBy(query.phone())));
  }

  /** As far as this process wrote or found whole records; all of it while it is not open. */
  private long readable() throws IOException {
    long known = length;
    return known == UNKNOWN ? Files.size(path) : known;
  }

  private ChainFile opened() throws IOException {
    if (closed) {
      throw new IOException("it has been stopped");
    }
    ChainFile opened = file;
    if (opened == null) {
      opened = ChainFile.open(path, force);
      file = opened;
      length = opened.length();
    }
    return opened;
  }

  private AuditUnavailableException unavailable(String what, Exception e) {
    return new AuditUnavailableException(path + " " + what + ": " + e.getMessage(), e);
  }

  /**
   * Closes it for good. A disk that hangs is waited for 2 seconds; whoever waits for it longer
   * closes the file then.
   */
  @Override
  @Deactivate
  public void close() {
    closed = true;
    boolean interrupted = Thread.interrupted();
    try {
      if (lock.tryLock(CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
        leave();
      } else {
        LOG.warn("{} is closed when the disk has answered", path);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    try {
      if (closed) {
        discard();
      }
    } finally {
      lock.unlock();
    }
  }

  private void discard() {
    ChainFile opened = file;
    file = null;
    length = UNKNOWN;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        LOG.warn("{} could not be closed: {}", path, e.getMessage());
      }
    }
  }
}
