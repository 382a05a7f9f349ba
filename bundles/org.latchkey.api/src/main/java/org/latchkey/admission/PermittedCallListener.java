package org.latchkey.admission;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of each call that an adapter sent to a permitted destination, after it went its way: it
 * can't be in the way of one. An OSGi service.
 */
@ConsumerType
public interface PermittedCallListener {

  /** Called on any thread; returns at once, never throws. */
  void placed(PermittedCall call);
}
