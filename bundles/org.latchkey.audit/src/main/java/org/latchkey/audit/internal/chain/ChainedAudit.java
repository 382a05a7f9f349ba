package org.latchkey.audit.internal.chain;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.latchkey.audit.AuditArchive;
import org.latchkey.audit.AuditChain;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditSink;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.audit.ChainedRecord;
import org.latchkey.audit.internal.backup.AuditBackup;
import org.latchkey.status.StatusLine;
import org.latchkey.status.StatusSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The audit log: one hash chain, in all sinks that are there. */
@Component(
    service = {AuditLog.class, AuditChain.class, StatusSource.class},
    immediate = true,
    configurationPid = "org.latchkey.audit.chain")
@Designate(ocd = ChainConfiguration.class)
public final class ChainedAudit implements AuditLog, AuditChain, StatusSource, AutoCloseable {

  private final ChainWriter writer;
  private final HeadKeeper keeper;
  private final Reading reading = new Reading();
  private final ChainStatus status;

  /** Starts to look where the chain goes on, as soon as there are sinks. */
  @Activate
  public ChainedAudit(ChainConfiguration settings, BundleContext context) {
    this(
        AuditBackup.folder(),
        new AnnouncedArchives(context),
        ChainWriter.Patience.USUAL,
        settings.signSeconds(),
        Clock.systemUTC());
  }

  ChainedAudit(
      Path folder,
      IntSupplier archives,
      ChainWriter.Patience patience,
      long signSeconds,
      Clock clock) {
    CompletableFuture<Left> left = new CompletableFuture<>();
    writer = new ChainWriter(archives, left, patience, clock);
    keeper = new HeadKeeper(folder, writer.confirmed(), this::hash, signSeconds, clock);
    keeper.read(left);
    status = new ChainStatus(writer, keeper, archives, clock);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSink(AuditSink sink, Map<String, Object> properties) {
    Object ranking = properties.get(Constants.SERVICE_RANKING);
    writer.add(sink, ranking instanceof Integer number ? number : 0);
  }

  void unbindSink(AuditSink sink) {
    writer.remove(sink);
  }

  @Override
  public void append(AuditEntry entry) {
    appendAll(List.of(entry));
  }

  @Override
  public void appendAll(List<AuditEntry> entries) {
    if (!entries.isEmpty()) {
      writer.append(entries);
    }
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    return reading.first(writer.sinks().readable(), archive -> archive.search(query));
  }

  @Override
  public String signedHead() {
    if (writer.confirmed().link().number() == 0) {
      throw new AuditUnavailableException(
          "No record is there to sign", new IllegalStateException("an empty chain"));
    }
    return keeper.sign().text();
  }

  @Override
  public List<StatusLine> verify(Optional<String> head) {
    return new Verification(writer, keeper).run(head);
  }

  @Override
  public boolean awaitAfter(long number, Duration longest) throws InterruptedException {
    return writer.confirmed().awaitAfter(number, longest);
  }

  @Override
  public String part() {
    return "audit log";
  }

  @Override
  public List<StatusLine> status() {
    return status.lines();
  }

  List<Lane> lanes() {
    return writer.sinks().lanes();
  }

  private Optional<String> hash(long number) {
    for (AuditArchive archive : writer.sinks().readable()) {
      List<ChainedRecord> found = archive.read(number, 1);
      if (!found.isEmpty() && found.get(0).number() == number && !found.get(0).hash().isEmpty()) {
        return Optional.of(found.get(0).hash());
      }
    }
    return Optional.empty();
  }

  /** Refuses what waits, signs the head once more, and ends all threads. */
  @Override
  @Deactivate
  public void close() {
    writer.close();
    keeper.close(writer.ending());
    reading.close();
  }
}
