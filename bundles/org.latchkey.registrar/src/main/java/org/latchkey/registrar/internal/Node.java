package org.latchkey.registrar.internal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.pbx.PbxControl;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of the bundle, a service for its other components alone: looks at the node's files on a
 * thread of its own, twice a second, and knows which neighbours are there.
 */
@Component(service = Node.class, immediate = true)
public final class Node implements AutoCloseable {

  /** Ranks our services after those of a key agent and a store on the same node. */
  static final String AFTER_OTHERS = "service.ranking:Integer=-100";

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long LOOK_MILLIS = 500;
  private static final long STOP_SECONDS = 5;

  private final NodeCustody custody;
  private final List<PbxControl> pbxs = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> looking;
  private volatile @Nullable AuditLog auditLog;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "latchkey-registrar");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts to look. */
  @Activate
  public Node() {
    this(
        new NodeCustody(
            new NodeFiles(
                Path.of(System.getProperty("karaf.base", ""), "latchkey").resolve("registrar")),
            new SecureRandom()));
  }

  Node(NodeCustody custody) {
    this.custody = custody;
    looking = watch.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  NodeCustody custody() {
    return custody;
  }

  /** The PBXs of this node. */
  List<PbxControl> pbxs() {
    return pbxs;
  }

  /**
   * Writes the evidence of a change that follows.
   *
   * @throws RequestRefusedException when there is no audit log
   * @throws org.latchkey.audit.AuditUnavailableException when it can't be written
   */
  void audit(AuditEntry entry) {
    AuditLog log = auditLog;
    if (log == null) {
      throw new RequestRefusedException(
          "Nothing was changed, since there is no audit log. Look at latchkey:status.");
    }
    log.append(entry);
  }

  /** Another export is in force: what no longer authenticates is no longer registered, soon. */
  void changed() {
    try {
      watch.execute(this::drop);
    } catch (RejectedExecutionException e) {
      LOG.debug("The registrar node is stopping");
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(AuditLog audit) {
    auditLog = audit;
  }

  void unbindAudit(AuditLog audit) {
    if (auditLog == audit) {
      auditLog = null;
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindPbx(PbxControl pbx) {
    pbxs.add(pbx);
  }

  void unbindPbx(PbxControl pbx) {
    pbxs.remove(pbx);
  }

  private void look() {
    try {
      if (custody.look()) {
        drop();
      }
    } catch (RuntimeException | Error e) {
      LOG.error("The registrar node could not look at its files", e);
    }
  }

  private void drop() {
    custody
        .standing()
        .contents()
        .ifPresent(contents -> new Registrations(pbxs).drop(new Validity(contents)));
  }

  /** Ends the looking and wipes the subkeys. */
  @Override
  @Deactivate
  public void close() {
    looking.cancel(false);
    watch.shutdown();
    try {
      if (!watch.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A PBX did not answer within {} s while the registrar node stops", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    custody.close();
  }
}
