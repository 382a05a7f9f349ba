package org.latchkey.shell.internal.completion;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.StoreUnavailableException;
import org.latchkey.shell.internal.BundleParts;
import org.latchkey.shell.internal.Parts;
import org.latchkey.shell.internal.PlainText;
import org.osgi.framework.BundleContext;

/** Suggests words that services know; none while they are away. */
abstract class Suggestions implements Completer {

  @Reference private @Nullable BundleContext bundleContext;

  /** The words to choose from. */
  abstract Stream<String> words(Parts parts);

  @Override
  public final int complete(@Nullable Session session, CommandLine line, List<String> candidates) {
    if (bundleContext == null) {
      return -1;
    }
    try (BundleParts parts = new BundleParts(bundleContext)) {
      StringsCompleter strings =
          new StringsCompleter(
              words(parts).filter(word -> word.equals(PlainText.of(word))).toList());
      return strings.complete(session, line, candidates);
    } catch (StoreUnavailableException | AuditUnavailableException e) {
      return -1;
    }
  }
}
