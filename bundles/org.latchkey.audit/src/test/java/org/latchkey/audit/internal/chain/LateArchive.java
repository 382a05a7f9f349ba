package org.latchkey.audit.internal.chain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.ChainedRecord;

/** An archive that says where it stands only after a while. */
final class LateArchive implements AuditArchive {

  private final MemoryArchive archive;
  private final CountDownLatch answers = new CountDownLatch(1);

  LateArchive(MemoryArchive archive) {
    this.archive = archive;
  }

  void answer() {
    answers.countDown();
  }

  List<String> actions() {
    return archive.actions();
  }

  @Override
  public String name() {
    return archive.name();
  }

  @Override
  public void write(List<ChainedRecord> records) {
    archive.write(records);
  }

  @Override
  public Optional<ChainedRecord> last() {
    try {
      answers.await();
      return archive.last();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<ChainedRecord> read(long first, int most) {
    return archive.read(first, most);
  }

  @Override
  public void readAll(Reader reader) {
    archive.readAll(reader);
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    return archive.search(query);
  }
}
