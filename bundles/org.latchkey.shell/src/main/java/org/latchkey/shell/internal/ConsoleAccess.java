package org.latchkey.shell.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latchkey.status.StatusLine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Whether commands are open to users who should not have them. Karaf lets everybody type a command
 * whose scope has no ACL, unless compulsory roles are set.
 */
public final class ConsoleAccess {

  private static final String ACL = "org.apache.karaf.command.acl.latchkey";
  private static final String COMPULSORY = "karaf.secured.command.compulsory.roles";

  private final boolean ownAcl;
  private final Optional<String> compulsoryRoles;

  /**
   * The access rules as they are.
   *
   * @param ownAcl whether the commands of Latchkey have an ACL
   * @param compulsoryRoles the roles that every other command needs
   */
  ConsoleAccess(boolean ownAcl, Optional<String> compulsoryRoles) {
    this.ownAcl = ownAcl;
    this.compulsoryRoles = compulsoryRoles.filter(roles -> !roles.isBlank());
  }

  /** The access rules of the Karaf that runs this bundle. */
  public static ConsoleAccess of(BundleContext context) {
    return new ConsoleAccess(hasAcl(context), Optional.ofNullable(System.getProperty(COMPULSORY)));
  }

  /** What is to be said of them: nothing when all is well. */
  public List<StatusLine> lines() {
    List<StatusLine> lines = new ArrayList<>();
    if (!ownAcl) {
      lines.add(
          StatusLine.warning(
              "Every user of the console may type every latchkey: command: etc/%s.cfg is missing."
                  .formatted(ACL),
              "Put the file back: it comes with the feature."));
    }
    if (compulsoryRoles.isEmpty()) {
      lines.add(
          StatusLine.warning(
              "Commands without an ACL are open to every user of the console, some of which can read this process's memory.",
              "Set %s = admin in etc/system.properties and restart Karaf.".formatted(COMPULSORY)));
    }
    return lines;
  }

  private static boolean hasAcl(BundleContext context) {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    if (reference == null) {
      return false;
    }
    try {
      Configuration[] found =
          context.getService(reference).listConfigurations("(service.pid=" + ACL + ")");
      return found != null;
    } catch (IOException | InvalidSyntaxException e) {
      return false;
    } finally {
      context.ungetService(reference);
    }
  }
}
