package org.latchkey.registration;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Phones in a loop of refusals, for administrators. Thread-safe. */
@ProviderType
public interface RefusedPhones {

  /** Those that were refused within the last ten minutes, the most refused first. */
  List<RefusedPhone> inLoops();
}
