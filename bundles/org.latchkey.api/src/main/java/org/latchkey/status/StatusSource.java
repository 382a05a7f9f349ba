package org.latchkey.status;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A part that says how it is, for {@code latchkey:status} and the doctor. An OSGi service. */
@ConsumerType
public interface StatusSource {

  /** The part in one or two words, such as {@code key agent}. */
  String part();

  /** Its lines, the worst first. May block for up to 2 seconds. */
  List<StatusLine> status();
}
