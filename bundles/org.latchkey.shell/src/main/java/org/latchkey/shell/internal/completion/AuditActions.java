package org.latchkey.shell.internal.completion;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.latchkey.audit.AuditLog;
import org.latchkey.audit.AuditQuery;
import org.latchkey.shell.internal.Parts;

/** Suggests the actions of the latest audit entries. */
@Service
public final class AuditActions extends Suggestions {

  private static final int LATEST = 500;

  @Override
  Stream<String> words(Parts parts) {
    return parts.find(AuditLog.class).stream()
        .flatMap(log -> log.search(new AuditQuery("", "", 0, LATEST)).stream())
        .map(record -> record.entry().action())
        .distinct();
  }
}
