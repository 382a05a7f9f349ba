package org.latchkey.backup.internal;

import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.latchkey.audit.AuditEntry;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.audit.AuditRecord;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.backup.BackupPart;
import org.latchkey.backup.OpenBackup;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.Secret;

/** A node with a few parts. */
final class TestNode implements PartSource, AuditLog {

  static final Instant NOW = Instant.parse("2026-11-26T01:30:00Z");

  final Path base;
  final List<TestPart> parts = new ArrayList<>();
  final List<AuditEntry> audit = new ArrayList<>();
  final BackupDesk desk;
  boolean auditFails;
  int restarts;

  TestNode(Path base) throws IOException {
    this.base = base;
    Files.createDirectory(base);
    desk = new BackupDesk(this, base, Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    desk.bindAudit(this);
  }

  TestPart part(String name, byte[] content) throws IOException {
    TestPart part = new TestPart(base, name, content);
    parts.add(part);
    return part;
  }

  @Override
  public List<BackupPart> parts() {
    return List.copyOf(parts);
  }

  @Override
  public List<String> restart() {
    restarts++;
    try {
      for (TestPart part : parts) {
        part.start();
      }
      return List.of();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens a backup with some of its shares. */
  OpenBackup opened(Path directory, List<String> shares) {
    OpenBackup backup = desk.open(directory);
    shares.forEach(share -> give(backup, share));
    return backup;
  }

  static int give(OpenBackup backup, String share) {
    try (Secret text = Secret.ofText(share)) {
      return backup.give(text);
    }
  }

  static String refusal(Runnable action) {
    return String.valueOf(assertThrows(RequestRefusedException.class, action::run).getMessage());
  }

  @Override
  public void append(AuditEntry entry) {
    if (auditFails) {
      throw new AuditUnavailableException("full", new IOException());
    }
    audit.add(entry);
  }

  @Override
  public void appendAll(List<AuditEntry> entries) {
    entries.forEach(this::append);
  }

  @Override
  public List<AuditRecord> search(AuditQuery query) {
    throw new UnsupportedOperationException("nobody searches");
  }
}
