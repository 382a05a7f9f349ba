package org.latchkey.audit.internal.chain;

import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;
import org.latchkey.audit.AuditArchive;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * How many archives this node has when all its bundles run: this bundle's file, and one for each
 * other bundle whose manifest says that it offers an archive, be it started or not.
 */
final class AnnouncedArchives implements IntSupplier {

  private static final String SERVICE = "osgi.service";

  private final BundleContext context;

  AnnouncedArchives(BundleContext context) {
    this.context = context;
  }

  @Override
  public int getAsInt() {
    int archives = 1;
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getBundleId() != context.getBundle().getBundleId() && announces(bundle)) {
        archives++;
      }
    }
    return archives;
  }

  private static boolean announces(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return false;
    }
    for (BundleCapability capability : revision.getDeclaredCapabilities(SERVICE)) {
      Object types = capability.getAttributes().get("objectClass");
      List<?> names =
          types instanceof Collection<?> c ? List.copyOf(c) : List.of(String.valueOf(types));
      if (names.contains(AuditArchive.class.getName())) {
        return true;
      }
    }
    return false;
  }
}
