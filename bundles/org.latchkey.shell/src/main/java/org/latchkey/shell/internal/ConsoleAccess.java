package org.latchkey.shell.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;
import org.latchkey.status.StatusLine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Whether commands or files are open to users who should not have them. Karaf lets everybody type a
 * command whose scope has no ACL, unless compulsory roles are set; and its SSH lets everybody who
 * may log in copy the files of the instance, unless file transfer is off.
 */
public final class ConsoleAccess {

  private static final String SSH_BUNDLE = "org.apache.karaf.shell.ssh";
  private static final String SSH_SETTINGS = "org.apache.karaf.shell";
  private static final String ACL = "org.apache.karaf.command.acl.latchkey";
  private static final String COMPULSORY = "karaf.secured.command.compulsory.roles";

  private final boolean ownAcl;
  private final Optional<String> compulsoryRoles;
  private final boolean fileTransfer;

  /**
   * The access rules as they are.
   *
   * @param ownAcl whether the commands of Latchkey have an ACL
   * @param compulsoryRoles the roles that every other command needs
   * @param fileTransfer whether SSH hands out files by SFTP and SCP
   */
  ConsoleAccess(boolean ownAcl, Optional<String> compulsoryRoles, boolean fileTransfer) {
    this.ownAcl = ownAcl;
    this.fileTransfer = fileTransfer;
    this.compulsoryRoles = compulsoryRoles.filter(roles -> !roles.isBlank());
  }

  /** The access rules of the Karaf that runs this bundle. */
  public static ConsoleAccess of(BundleContext context) {
    return new ConsoleAccess(
        settings(context, ACL).isPresent(),
        Optional.ofNullable(System.getProperty(COMPULSORY)),
        hasFileTransfer(context));
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
    if (fileTransfer) {
      lines.add(
          StatusLine.warning(
              "SFTP and SCP hand every file of this Karaf, latchkey/ with its master key among them, to everybody who may log in over SSH.",
              "Set sftpEnabled = false in etc/%s.cfg.".formatted(SSH_SETTINGS)));
    }
    return lines;
  }

  /** It is on unless it is switched off, as long as the SSH server runs. */
  private static boolean hasFileTransfer(BundleContext context) {
    boolean running =
        Arrays.stream(context.getBundles())
            .anyMatch(
                bundle ->
                    SSH_BUNDLE.equals(bundle.getSymbolicName())
                        && bundle.getState() == Bundle.ACTIVE);
    return running
        && settings(context, SSH_SETTINGS)
            .map(settings -> settings.get("sftpEnabled"))
            .map(value -> Boolean.parseBoolean(value.toString().strip()))
            .orElse(true);
  }

  private static Optional<Dictionary<String, Object>> settings(BundleContext context, String pid) {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    if (reference == null) {
      return Optional.empty();
    }
    try {
      Configuration[] found =
          context.getService(reference).listConfigurations("(service.pid=" + pid + ")");
      return found == null ? Optional.empty() : Optional.ofNullable(found[0].getProperties());
    } catch (IOException | InvalidSyntaxException e) {
      return Optional.empty();
    } finally {
      context.ungetService(reference);
    }
  }
}
