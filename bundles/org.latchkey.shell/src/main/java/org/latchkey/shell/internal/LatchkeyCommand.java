package org.latchkey.shell.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.ShellUtil;
import org.jspecify.annotations.Nullable;
import org.latchkey.audit.AuditUnavailableException;
import org.latchkey.key.RequestRefusedException;
import org.latchkey.key.StoreUnavailableException;
import org.osgi.framework.BundleContext;

/**
 * What all commands share: services are looked up when the command runs, so it exists without them;
 * a refusal is one sentence and an exit code other than 0, not a stack trace.
 */
public abstract class LatchkeyCommand implements Action {

  @Reference private @Nullable BundleContext bundleContext;
  @Reference private @Nullable Session session;

  @Override
  public final @Nullable Object execute() throws CommandException {
    if (bundleContext == null || session == null) {
      throw new IllegalStateException("Karaf sets both before it runs a command");
    }
    try (BundleParts parts = new BundleParts(bundleContext)) {
      run(parts, Printout.on(session));
      return null;
    } catch (RequestRefusedException | StoreUnavailableException | AuditUnavailableException e) {
      throw refusal(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Does what the command is for.
   *
   * @throws RequestRefusedException when it can't, with a sentence that says what to do
   */
  public abstract void run(Parts parts, Printout out);

  /** Who types: the user of the console session. */
  protected static String actor() {
    return Optional.ofNullable(ShellUtil.getCurrentUserName()).orElse("console");
  }

  /** The session's current directory and terminal; there is always one while a command runs. */
  protected final Session session() {
    if (session == null) {
      throw new IllegalStateException("Karaf sets the session before it runs a command");
    }
    return session;
  }

  /**
   * The arguments among the words that were typed, after setting the options among them.
   *
   * @param names what each argument is, in capitals
   * @throws RequestRefusedException when there are more or fewer
   */
  protected final List<String> arguments(List<String> words, String... names) {
    List<String> arguments = TrailingOptions.take(this, words);
    if (arguments.size() != names.length) {
      throw new RequestRefusedException(
          "Nothing was done: type latchkey:%s %s."
              .formatted(getClass().getAnnotation(Command.class).name(), String.join(" ", names)));
    }
    return arguments;
  }

  /** The words that were typed, without the options among them, which are set. */
  protected final List<String> optionalArguments(List<String> words) {
    return TrailingOptions.take(this, words);
  }

  /** Karaf shows the help text of this kind of exception as it is, and keeps it out of the log. */
  private static CommandException refusal(String sentences) {
    String plain = sentences.lines().map(PlainText::of).collect(Collectors.joining("\n"));
    return new CommandException(plain, plain);
  }
}
